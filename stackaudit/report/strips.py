from stackaudit.report.context import Context


class Strips:
    pass


def strips(c: Context) -> Strips | None:
    return None
