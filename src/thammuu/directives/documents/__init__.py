"""Documents from draft to issue: structured text, review and approval, numbers, effect on earlier documents."""
