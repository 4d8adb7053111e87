"""A person with a keyboard: everything is reached with Tab and pressed with Enter or Space."""

from playwright.sync_api import Page, expect

FARTHEST = 250


class Keyboard:
    """Drives a page without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Press Tab until the focus stands on the first element that the selector names."""
        target = self.page.locator(selector).first
        expect(target).to_be_visible()
        for _press in range(FARTHEST):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with Tab")

    def type_into(self, selector: str, text: str) -> None:
        """Reach a field and type; what stood in it is replaced."""
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, selector: str, label: str) -> None:
        """Reach a select and choose by typing what the option is called."""
        self.reach(selector)
        self.page.keyboard.type(label)
        chosen = self.page.locator(selector).evaluate("select => select.selectedOptions[0].textContent.trim()")
        assert chosen == label

    def press(self, selector: str, key: str = "Enter") -> None:
        """Reach something that can be pressed, and press it."""
        self.reach(selector)
        self.page.keyboard.press(key)
