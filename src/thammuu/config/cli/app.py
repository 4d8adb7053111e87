"""The commands, in the order in which an operator meets them."""

import typer

from thammuu.config.cli import alerts, backup, care, observing, proofs, start, transport
from thammuu.config.cli.output import EXIT_CODES

app = typer.Typer(
    name="thammuu",
    help="Thammuu, the operations platform of a staff office.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(start.demo)
app.command()(care.init)
app.command()(start.run)
app.command()(start.serve)
app.command()(start.worker)
app.command()(care.migrate)
app.command()(alerts.cap)
app.add_typer(proofs.journal)
app.add_typer(transport.tls)
app.add_typer(backup.backup)
app.command()(backup.restore)
app.command()(backup.drill)
app.command()(care.check)
app.command()(observing.metrics_token)
app.command()(care.version)
app.command(hidden=True)(start.serve_process)
app.command(hidden=True)(start.worker_process)
app.command(hidden=True)(care.prepare)
app.command(hidden=True)(backup.verify_restored)
