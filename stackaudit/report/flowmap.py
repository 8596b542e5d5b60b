from stackaudit.report.context import Context


class FlowMap:
    pass


def flow_map(c: Context) -> FlowMap | None:
    return None
