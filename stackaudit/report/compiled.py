"""The page's template, compiled by stackaudit.report.compile; not to be edited."""

# mypy: ignore-errors
# fmt: off
JINJA = '3.1.6'
TEXT = '9ee650b94240c8a682d129b3fc911288f9ad1d3a1de9ef3591a7695f2867ffec'
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'report.html'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_w = resolve('w')
    l_0_policy = resolve('policy')
    l_0_d = resolve('d')
    l_0_v = resolve('v')
    l_0_c = resolve('c')
    l_0_style = resolve('style')
    l_0_contents = resolve('contents')
    l_0_rest = resolve('rest')
    l_0_script = resolve('script')
    try:
        t_1 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    try:
        t_2 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_3 = environment.filters['map']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'map' found.")
    try:
        t_4 = environment.filters['prose']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'prose' found.")
    try:
        t_5 = environment.filters['striptags']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'striptags' found.")
    try:
        t_6 = environment.filters['tojson']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'tojson' found.")
    try:
        t_7 = environment.tests['none']
    except KeyError:
        @internalcode
        def t_7(*unused):
            raise TemplateRuntimeError("No test named 'none' found.")
    pass
    yield '<!DOCTYPE html>\n<html lang="'
    yield escape(environment.finalize(environment.getattr((undefined(name='w') if l_0_w is missing else l_0_w), 'language')))
    yield '" data-decimal="'
    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='w') if l_0_w is missing else l_0_w), 'formats'), 'decimal')))
    yield '" data-months="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'months')))
    yield '">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
    yield escape(environment.finalize((undefined(name='policy') if l_0_policy is missing else l_0_policy)))
    yield '">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
    if environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'name'):
        pass
        yield '<meta name="author" content="'
        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'name')))
        yield '">\n'
    yield '<title>'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'title')))
    if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience'):
        pass
        yield ' '
        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience'), 'who')))
    yield ' · '
    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'result'), 'company'), 'name')))
    yield '</title>\n<style>'
    yield escape(environment.finalize((undefined(name='style') if l_0_style is missing else l_0_style)))
    yield '</style>\n</head>\n<body'
    if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience') and environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience'), 'brief')):
        pass
        yield ' class="brief"'
    yield '>\n<a class="skip" href="#answer">'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'skip')))
    yield '</a>\n<header class="cover">\n'
    if ((environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'logo') or environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'name')) or environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'confidentiality')):
        pass
        yield '<div class="house">'
        yield escape(environment.finalize(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'logo')))
        if environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'name'):
            pass
            yield '<b>'
            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'name')))
            yield '</b>'
        if environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'confidentiality'):
            pass
            yield '<span class="secret">'
            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'confidentiality')))
            yield '</span>'
        yield '</div>'
    yield '<p class="brand"><strong>'
    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'company')))
    yield '</strong><span>'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'title')))
    yield '</span></p>\n<p class="scope"><span>'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'cover.day', day=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'day'))))
    yield '</span>'
    for l_1_s in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'scope'):
        _loop_vars = {}
        pass
        yield '<span>'
        yield escape(environment.finalize(l_1_s))
        yield '</span>'
    l_1_s = missing
    yield '</p>\n'
    if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience'):
        pass
        yield '<p class="copy">'
        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'audience'), 'said')))
        yield '</p>'
    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'redacted'):
        pass
        yield '<p class="copy">'
        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'redacted')))
        yield '</p>'
    if environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'contact'):
        pass
        yield '<p class="paper address">'
        for l_1_line in environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'contact'):
            _loop_vars = {}
            pass
            yield '<span>'
            yield escape(environment.finalize(l_1_line))
            yield '</span>'
        l_1_line = missing
        yield '</p>'
    yield '</header>\n<nav class="toc" aria-label="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'nav')))
    yield '"><ul>\n'
    for (l_1_address, l_1_word) in (undefined(name='contents') if l_0_contents is missing else l_0_contents):
        _loop_vars = {}
        pass
        yield '<li><a href="#'
        yield escape(environment.finalize(l_1_address))
        yield '">'
        yield escape(environment.finalize(l_1_word))
        yield '</a></li>\n'
    l_1_address = l_1_word = missing
    yield '</ul></nav>\n<main>\n'
    l_1_loop = missing
    for l_1_part, l_1_loop in LoopContext(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'order'), undefined):
        _loop_vars = {}
        pass
        if (l_1_part == 'answer'):
            pass
            yield '<section id="answer" class="answer" aria-labelledby="headline">\n<div class="lead">\n<h1 id="headline">'
            yield escape(environment.finalize(t_4(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'headline'))))
            yield '</h1>\n'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'so_what'):
                pass
                yield '<p class="sowhat">'
                l_2_loop = missing
                for l_2_s, l_2_loop in LoopContext(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'so_what'), undefined):
                    _loop_vars = {}
                    pass
                    yield escape(environment.finalize(t_4(l_2_s)))
                    yield escape(environment.finalize((' ' if (not environment.getattr(l_2_loop, 'last')) else cond_expr_undefined("the inline if-expression on line 34 in 'report.html' evaluated to false and no else section was defined."))))
                l_2_loop = l_2_s = missing
                yield '</p>'
            yield escape(environment.finalize(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'executive')))
            yield '\n</div>\n'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'tiles'):
                pass
                yield '<ul class="tiles">\n'
                for l_2_t in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'tiles'):
                    _loop_vars = {}
                    pass
                    yield '<li class="tile '
                    yield escape(environment.finalize(environment.getattr(l_2_t, 'tone')))
                    yield '"><b'
                    if t_7(environment.getattr(l_2_t, 'value')):
                        pass
                        yield ' class="long open"'
                    else:
                        pass
                        if (t_2(environment.getattr(l_2_t, 'text')) > 10):
                            pass
                            yield ' class="long"'
                        yield ' data-fact="tile-'
                        yield escape(environment.finalize(environment.getattr(l_2_t, 'id')))
                        yield '" data-value="'
                        yield escape(environment.finalize(('%.15g' % environment.getattr(l_2_t, 'value'))))
                        yield '" data-unit="'
                        yield escape(environment.finalize(environment.getattr(l_2_t, 'unit')))
                        yield '"'
                    yield '>'
                    yield escape(environment.finalize(context.call(environment.getattr((undefined(name='w') if l_0_w is missing else l_0_w), 'signed'), environment.getattr(l_2_t, 'text'), environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'currency'), _loop_vars=_loop_vars)))
                    yield '</b> <span class="lbl">'
                    yield escape(environment.finalize(environment.getattr(l_2_t, 'label')))
                    yield '</span> <small>'
                    yield escape(environment.finalize(t_4(context.call(environment.getattr((undefined(name='w') if l_0_w is missing else l_0_w), 'signed'), environment.getattr(l_2_t, 'coverage'), environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'currency'), _loop_vars=_loop_vars))))
                    yield '</small></li>\n'
                l_2_t = missing
                yield '</ul>\n'
            if environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'changed'):
                pass
                yield '<p class="note changed">'
                yield escape(environment.finalize(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'changed')))
                yield '</p>'
            yield '<div class="cols">\n'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'actions'):
                pass
                yield '<div class="start">\n<h2>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.actions', _loop_vars=_loop_vars)))
                yield '</h2>\n<ol class="todo">\n'
                for l_2_a in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'actions'):
                    _loop_vars = {}
                    pass
                    yield '<li><strong>'
                    yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_2_a, 'action'), 'text'))))
                    yield '</strong>\n<span class="meta">'
                    if (environment.getattr(environment.getattr(l_2_a, 'action'), 'confidence') == 'possible'):
                        pass
                        yield '<span class="iftrue">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'action.possible', _loop_vars=_loop_vars)))
                        yield '</span> '
                    yield '<span>'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'effort')))
                    yield '</span> <span>'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'owner')))
                    yield '</span>'
                    if environment.getattr(l_2_a, 'by'):
                        pass
                        yield ' <span class="due">'
                        yield escape(environment.finalize(environment.getattr(l_2_a, 'by')))
                        yield '</span>'
                    if environment.getattr(l_2_a, 'stake'):
                        pass
                        yield ' <span>'
                        yield escape(environment.finalize(environment.getattr(l_2_a, 'stake')))
                        yield '</span>'
                    if environment.getattr(l_2_a, 'saving'):
                        pass
                        yield ' <span>'
                        yield escape(environment.finalize(environment.getattr(l_2_a, 'saving')))
                        yield '</span>'
                    if environment.getattr(l_2_a, 'settles'):
                        pass
                        yield ' <span>'
                        yield escape(environment.finalize(environment.getattr(l_2_a, 'settles')))
                        yield '</span>'
                    yield '</span></li>\n'
                l_2_a = missing
                yield '</ol>\n'
                if ((environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'more_actions') > 0) and environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap')):
                    pass
                    yield '<p class="more"><a class="see" href="#roadmap">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.more', n=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'more_actions'), _loop_vars=_loop_vars)))
                    yield '</a></p>'
                yield '</div>\n'
            yield '<div class="known">\n'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'answers'):
                pass
                yield '<h2>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.questions', _loop_vars=_loop_vars)))
                yield '</h2>\n<ul class="three">\n'
                for l_2_a in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'answers'):
                    _loop_vars = {}
                    pass
                    yield '<li><span class="ans '
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'answer')))
                    yield '">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('answer.', environment.getattr(l_2_a, 'answer'), )), _loop_vars=_loop_vars)))
                    yield '</span><div><b>'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'question')))
                    yield '</b> <span>'
                    yield escape(environment.finalize(t_4(environment.getattr(l_2_a, 'text'))))
                    yield '</span></div></li>\n'
                l_2_a = missing
                yield '</ul>\n'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'good'):
                pass
                yield '<h2>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.good', _loop_vars=_loop_vars)))
                yield '</h2><p>'
                yield escape(environment.finalize(t_4(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'good'))))
                yield '</p>'
            if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'completeness'):
                pass
                yield '<h2>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.completeness', _loop_vars=_loop_vars)))
                yield '</h2><p>'
                yield escape(environment.finalize(t_4(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'completeness'))))
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'):
                    pass
                    yield ' <a class="see" href="#not-judged">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.completeness.more', _loop_vars=_loop_vars)))
                    yield '</a>'
                yield '</p>'
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'):
                pass
                yield '<h2>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.first', _loop_vars=_loop_vars)))
                yield '</h2><p class="since">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'line')))
                yield ' <a class="see" href="#since">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.link', _loop_vars=_loop_vars)))
                yield '</a></p>'
            yield '</div>\n</div>\n'
            yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'answer')))
            yield '\n'
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'quadrant'):
                pass
                yield '<div class="beside"><figure><figcaption>'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'quadrant'), 'title')))
                yield '</figcaption><p class="reading">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'quadrant.reading', _loop_vars=_loop_vars)))
                yield '</p><div class="scroll" role="region" aria-label="'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'quadrant.label', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                yield '" tabindex="0">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'quadrant'), 'picture')))
                yield '</div></figure>\n'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'quadrant'), 'table')))
                yield '</div>\n'
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'scores'):
                pass
                yield '<h2 class="sub">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'scores'), 'title')))
                yield '</h2><p class="reading">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'scores.reading', _loop_vars=_loop_vars)))
                yield '</p>'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'scores'), 'table')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'scores'), 'formula'):
                    pass
                    yield '<details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'scores.formula', _loop_vars=_loop_vars)))
                    yield '</summary><ul class="facts">'
                    for l_2_f in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'scores'), 'formula'):
                        _loop_vars = {}
                        pass
                        yield '<li>'
                        yield escape(environment.finalize(l_2_f))
                        yield '</li>'
                    l_2_f = missing
                    yield '</ul></details>'
            def t_8(fiter):
                for l_2_a in fiter:
                    if environment.getattr(l_2_a, 'missing'):
                        yield l_2_a
            l_2_loop = missing
            for l_2_a, l_2_loop in LoopContext(t_8(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'first'), 'answers')), undefined):
                _loop_vars = {}
                pass
                if environment.getattr(l_2_loop, 'first'):
                    pass
                    yield '<details class="why"><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'first.behind', _loop_vars=_loop_vars)))
                    yield '</summary><div class="cols3">'
                yield '<div><h3>'
                yield escape(environment.finalize(environment.getattr(l_2_a, 'question')))
                yield '</h3><p>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('answer.', environment.getattr(l_2_a, 'answer'), )), _loop_vars=_loop_vars)))
                yield '. '
                yield escape(environment.finalize(t_4(environment.getattr(l_2_a, 'text'))))
                yield '</p><p class="list">'
                yield escape(environment.finalize(t_1(context.eval_ctx, environment.getattr(l_2_a, 'missing')[:6], '; ')))
                if (t_2(environment.getattr(l_2_a, 'missing')) > 6):
                    pass
                    yield '<span class="beyond">; '
                    yield escape(environment.finalize(t_1(context.eval_ctx, environment.getattr(l_2_a, 'missing')[6:], '; ')))
                    yield '</span><span class="paper" aria-hidden="true">; '
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'and-more', n=(t_2(environment.getattr(l_2_a, 'missing')) - 6), _loop_vars=_loop_vars)))
                    yield '</span>'
                yield '</p>'
                if environment.getattr(l_2_a, 'note'):
                    pass
                    yield '<p class="note">'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'note')))
                    yield '</p>'
                yield '</div>\n'
                if environment.getattr(l_2_loop, 'last'):
                    pass
                    yield '</div></details>'
            l_2_loop = l_2_a = missing
            yield '</section>\n'
        elif (l_1_part == 'map'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'):
                pass
                yield '<section id="stack-map"'
                if (t_2(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'in_use')) > 50):
                    pass
                    yield ' class="full"'
                yield ' aria-labelledby="h-map">\n<h2 id="h-map">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'stack-map')))
                yield '\n<p class="reading">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'reading')))
                yield '</p>\n<div class="map">\n<ol class="journey n'
                yield escape(environment.finalize(t_2(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'stages'))))
                yield '">\n'
                for l_2_s in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'stages'):
                    _loop_vars = {}
                    pass
                    yield '<li class="stage"><h3>'
                    yield escape(environment.finalize(environment.getattr(l_2_s, 'name')))
                    yield '</h3><ul>'
                    for l_3_b in environment.getattr(l_2_s, 'boxes'):
                        _loop_vars = {}
                        pass
                        yield '<li class="box '
                        yield escape(environment.finalize(environment.getattr(l_3_b, 'css')))
                        yield '"><span class="cap">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_3_b, 'capability'), 'name')))
                        yield '</span>'
                        if environment.getattr(l_3_b, 'word'):
                            pass
                            yield ' <span class="word">'
                            yield escape(environment.finalize(environment.getattr(l_3_b, 'word')))
                            yield '</span>'
                        if environment.getattr(l_3_b, 'chips'):
                            pass
                            yield '<ul class="chips">'
                            for l_4_k in environment.getattr(l_3_b, 'chips'):
                                _loop_vars = {}
                                pass
                                yield '<li class="'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'classes')))
                                yield '"'
                                if environment.getattr(l_4_k, 'long'):
                                    pass
                                    yield ' title="'
                                    yield escape(environment.finalize(environment.getattr(l_4_k, 'name')))
                                    yield '"'
                                yield '>'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'label')))
                                if environment.getattr(l_4_k, 'note'):
                                    pass
                                    yield '<span class="vh"> ('
                                    yield escape(environment.finalize(environment.getattr(l_4_k, 'note')))
                                    yield ')</span>'
                                yield '</li>'
                            l_4_k = missing
                            if environment.getattr(l_3_b, 'more'):
                                pass
                                yield '<li class="chip more">'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'map.more', n=environment.getattr(l_3_b, 'more'), _loop_vars=_loop_vars)))
                                yield '</li>'
                            yield '</ul>'
                        yield '</li>'
                    l_3_b = missing
                    yield '</ul></li>\n'
                l_2_s = missing
                yield '</ol>\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'band'):
                    pass
                    yield '<div class="band"><h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'band'), 'name')))
                    yield '</h3><ul>'
                    for l_2_b in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'band'), 'boxes'):
                        _loop_vars = {}
                        pass
                        yield '<li class="box '
                        yield escape(environment.finalize(environment.getattr(l_2_b, 'css')))
                        yield '"><span class="cap">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_2_b, 'capability'), 'name')))
                        yield '</span>'
                        if environment.getattr(l_2_b, 'word'):
                            pass
                            yield ' <span class="word">'
                            yield escape(environment.finalize(environment.getattr(l_2_b, 'word')))
                            yield '</span>'
                        if environment.getattr(l_2_b, 'chips'):
                            pass
                            yield '<ul class="chips">'
                            for l_3_k in environment.getattr(l_2_b, 'chips'):
                                _loop_vars = {}
                                pass
                                yield '<li class="'
                                yield escape(environment.finalize(environment.getattr(l_3_k, 'classes')))
                                yield '"'
                                if environment.getattr(l_3_k, 'long'):
                                    pass
                                    yield ' title="'
                                    yield escape(environment.finalize(environment.getattr(l_3_k, 'name')))
                                    yield '"'
                                yield '>'
                                yield escape(environment.finalize(environment.getattr(l_3_k, 'label')))
                                if environment.getattr(l_3_k, 'note'):
                                    pass
                                    yield '<span class="vh"> ('
                                    yield escape(environment.finalize(environment.getattr(l_3_k, 'note')))
                                    yield ')</span>'
                                yield '</li>'
                            l_3_k = missing
                            if environment.getattr(l_2_b, 'more'):
                                pass
                                yield '<li class="chip more">'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'map.more', n=environment.getattr(l_2_b, 'more'), _loop_vars=_loop_vars)))
                                yield '</li>'
                            yield '</ul>'
                        yield '</li>'
                    l_2_b = missing
                    yield '</ul></div>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'unplaced'):
                    pass
                    yield '<div class="band"><h3>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'map.unplaced', _loop_vars=_loop_vars)))
                    yield '</h3><ul class="chips">'
                    for l_2_k in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'unplaced'):
                        _loop_vars = {}
                        pass
                        yield '<li class="'
                        yield escape(environment.finalize(environment.getattr(l_2_k, 'classes')))
                        yield '"'
                        if environment.getattr(l_2_k, 'long'):
                            pass
                            yield ' title="'
                            yield escape(environment.finalize(environment.getattr(l_2_k, 'name')))
                            yield '"'
                        yield '>'
                        yield escape(environment.finalize(environment.getattr(l_2_k, 'label')))
                        yield '</li>'
                    l_2_k = missing
                    yield '</ul></div>'
                yield '</div>\n<ul class="legend keys">'
                for (l_2_css, l_2_word) in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'legend'):
                    _loop_vars = {}
                    pass
                    yield '<li><span class="chip '
                    yield escape(environment.finalize(l_2_css))
                    yield '">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'map.legend.tool', _loop_vars=_loop_vars)))
                    yield '</span> '
                    yield escape(environment.finalize(l_2_word))
                    yield '</li>'
                l_2_css = l_2_word = missing
                yield '</ul>\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'hidden'):
                    pass
                    yield '<p class="note">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'map.hidden', n=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'hidden'), _loop_vars=_loop_vars)))
                    yield '</p>'
                yield '<details><summary>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'as-table', _loop_vars=_loop_vars)))
                yield '</summary>'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'map'), 'table')))
                yield '</details>\n</section>\n'
        elif (l_1_part == 'coverage'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'):
                pass
                yield '<section id="coverage" aria-labelledby="h-coverage">\n<h2 id="h-coverage">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'coverage')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'heat'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'heat.reading', _loop_vars=_loop_vars)))
                    yield '</p>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'heat')))
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'overlaps'):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'overlap_title')))
                    yield '</h3>\n<div class="pairs">\n'
                    for l_2_o in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'overlaps'):
                        _loop_vars = {}
                        pass
                        yield '<article class="pair '
                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_2_o, 'finding'), 'confidence')))
                        yield '"><h4><a href="#'
                        yield escape(environment.finalize(environment.getattr(l_2_o, 'anchor')))
                        yield '">'
                        yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_2_o, 'finding'), 'sentence'))))
                        yield '</a></h4><p class="tags">'
                        yield escape(environment.finalize(context.call(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'severity'), environment.getattr(environment.getattr(l_2_o, 'finding'), 'severity'), environment.getattr(environment.getattr(l_2_o, 'finding'), 'confidence'), _loop_vars=_loop_vars)))
                        yield ' <span class="conf '
                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_2_o, 'finding'), 'confidence')))
                        yield '">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('confidence.', environment.getattr(environment.getattr(l_2_o, 'finding'), 'confidence'), )), _loop_vars=_loop_vars)))
                        yield '</span></p>\n<dl>'
                        for (l_3_k, l_3_val) in environment.getattr(l_2_o, 'rows'):
                            _loop_vars = {}
                            pass
                            yield '<dt>'
                            yield escape(environment.finalize(l_3_k))
                            yield '</dt><dd>'
                            yield escape(environment.finalize(l_3_val))
                            yield '</dd>'
                        l_3_k = l_3_val = missing
                        yield '</dl></article>\n'
                    l_2_o = missing
                    yield '</div>\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'more'):
                        pass
                        yield '<p class="note"><a class="see" href="#findings">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'heat.more', n=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'coverage'), 'more'), _loop_vars=_loop_vars)))
                        yield '</a></p>'
                yield '</section>\n'
        elif (l_1_part == 'silos'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'):
                pass
                yield '<section id="silos"'
                if (t_2(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'in_use')) <= 12):
                    pass
                    yield ' class="few"'
                yield ' aria-labelledby="h-silos">\n<h2 id="h-silos">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'silos')))
                yield '\n<p class="reading">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'reading')))
                yield '</p>\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'table'):
                    pass
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'table')))
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'more'):
                    pass
                    yield '<details><summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'more'), 'caption')))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'silos'), 'more')))
                    yield '</details>'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'repairs'):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'repairs'), 'title')))
                    yield '</h3><p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'repairs.reading', _loop_vars=_loop_vars)))
                    yield '</p>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'repairs'), 'first')))
                    yield '\n<details><summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'repairs'), 'settled'), 'caption')))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'repairs'), 'settled')))
                    yield '</details>\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'):
                    pass
                    yield '<figure id="matrix"><figcaption>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'title')))
                    yield '</figcaption><p class="reading">'
                    yield escape(environment.finalize((environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'aggregated') or context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'matrix.reading', _loop_vars=_loop_vars))))
                    yield '</p>\n<p class="note" id="matrix-say" data-control hidden>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'matrix.hint', _loop_vars=_loop_vars)))
                    yield '</p>\n<div class="scroll" role="region" aria-label="'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'matrix.table', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                    yield '" tabindex="0">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'picture')))
                    yield '</div>\n<ul class="legend keys">'
                    for (l_2_k, l_2_word) in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'legend'):
                        _loop_vars = {}
                        pass
                        yield '<li><svg width="16" height="16" aria-hidden="true"><rect x="1.5" y="1.5" width="13" height="13" rx="2" class="c '
                        yield escape(environment.finalize(l_2_k))
                        yield '"/></svg>'
                        yield escape(environment.finalize(l_2_word))
                        yield '</li>'
                    l_2_k = l_2_word = missing
                    for (l_2_letter, l_2_word) in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'letters'):
                        _loop_vars = {}
                        pass
                        yield '<li><b>'
                        yield escape(environment.finalize(l_2_letter))
                        yield '</b> '
                        yield escape(environment.finalize(l_2_word))
                        yield '</li>'
                    l_2_letter = l_2_word = missing
                    yield '</ul></figure>\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'):
                    pass
                    yield '<figure id="flow-map"><figcaption>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'title')))
                    yield '</figcaption><p class="reading">'
                    yield escape(environment.finalize((environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'aggregated') or context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.reading', _loop_vars=_loop_vars))))
                    yield '</p>\n<div class="ask" data-control hidden>\n<div class="tools"><label>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.choose', _loop_vars=_loop_vars)))
                    yield ' <select id="flow-object"><option value="">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.all', _loop_vars=_loop_vars)))
                    yield '</option>'
                    for (l_2_i, l_2_o) in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'choices'), 'objects'):
                        _loop_vars = {}
                        pass
                        yield '<option value="'
                        yield escape(environment.finalize(l_2_i))
                        yield '">'
                        yield escape(environment.finalize(l_2_o))
                        yield '</option>'
                    l_2_i = l_2_o = missing
                    yield '</select></label>\n'
                    if environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'choices'), 'scopes'):
                        pass
                        yield '<label>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.scope', _loop_vars=_loop_vars)))
                        yield ' <select id="flow-scope"><option value="">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.scope.all', _loop_vars=_loop_vars)))
                        yield '</option>'
                        for (l_2_i, l_2_s) in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'choices'), 'scopes'):
                            _loop_vars = {}
                            pass
                            yield '<option value="'
                            yield escape(environment.finalize(l_2_i))
                            yield '">'
                            yield escape(environment.finalize(l_2_s))
                            yield '</option>'
                        l_2_i = l_2_s = missing
                        yield '</select></label>\n'
                    if environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'choices'), 'areas'):
                        pass
                        yield '<label>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.about', _loop_vars=_loop_vars)))
                        yield ' <select id="flow-about"><option value="">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.about.none', _loop_vars=_loop_vars)))
                        yield '</option><option value="a">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.about.all', _loop_vars=_loop_vars)))
                        yield '</option><optgroup label="'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.about.areas', _loop_vars=_loop_vars)))
                        yield '">'
                        for (l_2_i, l_2_a) in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'choices'), 'areas'):
                            _loop_vars = {}
                            pass
                            yield '<option value="a'
                            yield escape(environment.finalize(l_2_i))
                            yield '">'
                            yield escape(environment.finalize(l_2_a))
                            yield '</option>'
                        l_2_i = l_2_a = missing
                        yield '</optgroup><optgroup id="flow-checks" label="'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.about.checks', _loop_vars=_loop_vars)))
                        yield '"></optgroup></select></label>\n'
                    yield '</div>\n<div class="tools">\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'by_tool'):
                        pass
                        yield '<label>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.tool', _loop_vars=_loop_vars)))
                        yield ' <input type="search" id="flow-tool" list="flow-names" autocomplete="off"></label><datalist id="flow-names"></datalist>\n<label>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.ask', _loop_vars=_loop_vars)))
                        yield ' <select id="flow-ask">'
                        for l_2_k in ['both', 'down', 'up', 'path', 'remove']:
                            _loop_vars = {}
                            pass
                            yield '<option value="'
                            yield escape(environment.finalize(l_2_k))
                            yield '">'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('flow.ask.', l_2_k, )), _loop_vars=_loop_vars)))
                            yield '</option>'
                        l_2_k = missing
                        yield '</select></label>\n<label>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.steps', _loop_vars=_loop_vars)))
                        yield ' <select id="flow-steps"><option>1</option><option>2</option><option>3</option></select></label>\n<label hidden>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.to', _loop_vars=_loop_vars)))
                        yield ' <input type="search" id="flow-to" list="flow-names" autocomplete="off"></label>\n'
                    yield '<button type="button" id="flow-clear">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.clear', _loop_vars=_loop_vars)))
                    yield '</button></div>\n<p id="flow-say" aria-live="polite">'
                    yield escape(environment.finalize((context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.hint', _loop_vars=_loop_vars) if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'by_tool') else context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.hint.areas', _loop_vars=_loop_vars))))
                    yield '</p></div>\n<div class="scroll" role="region" aria-label="'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'flow.label', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                    yield '" tabindex="0">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'picture')))
                    yield '</div>\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'by_tool'):
                        pass
                        yield '<div id="flow-card" data-control hidden></div>\n'
                    yield '<script type="application/json" id="flow-data">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'flow_map'), 'data')))
                    yield '</script>\n<p class="note"><a href="#matrix-table">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'matrix.table', _loop_vars=_loop_vars)))
                    yield '</a> · <a href="#integrations">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'appendix.integrations', _loop_vars=_loop_vars)))
                    yield '</a>'
                    if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses') and environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'table')):
                        pass
                        yield ' · <a href="#loss-table">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'losses.table', _loop_vars=_loop_vars)))
                        yield '</a>'
                    yield '</p></figure>\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'):
                    pass
                    yield '<details><summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'table'), 'caption')))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'table')))
                    yield '</details>\n'
                if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices') and environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'objects')):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'objects_title')))
                    yield '</h3><p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'objects.reading', _loop_vars=_loop_vars)))
                    yield '</p>\n<div class="smalls">'
                    for l_2_o in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'objects'):
                        _loop_vars = {}
                        pass
                        yield '<figure><figcaption>'
                        yield escape(environment.finalize(environment.getattr(l_2_o, 'title')))
                        yield '</figcaption>'
                        if environment.getattr(l_2_o, 'note'):
                            pass
                            yield '<p class="note">'
                            yield escape(environment.finalize(environment.getattr(l_2_o, 'note')))
                            yield '</p>'
                        yield '<div class="scroll" role="region" aria-label="'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=t_5(environment.getattr(l_2_o, 'title')), _loop_vars=_loop_vars)))
                        yield '" tabindex="0">'
                        yield escape(environment.finalize(environment.getattr(l_2_o, 'picture')))
                        yield '</div></figure>'
                    l_2_o = missing
                    yield '</div>\n<details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'as-table', _loop_vars=_loop_vars)))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'matrices'), 'object_table')))
                    yield '</details>\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'title')))
                    yield '</h3><p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'strips.reading', _loop_vars=_loop_vars)))
                    yield '</p>\n'
                    def t_9(fiter):
                        for (l_2_title, l_2_list) in fiter:
                            if l_2_list:
                                yield (l_2_title, l_2_list)
                    for (l_2_title, l_2_list) in t_9([(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'strips.processes', _loop_vars=_loop_vars), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'processes')), (context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'strips.flows', _loop_vars=_loop_vars), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'broken'))]):
                        _loop_vars = {}
                        pass
                        yield '<h4>'
                        yield escape(environment.finalize(l_2_title))
                        yield '</h4><ul class="strips">\n'
                        for l_3_s in l_2_list:
                            _loop_vars = {}
                            pass
                            yield '<li class="strip"><p class="head"><b>'
                            yield escape(environment.finalize(environment.getattr(l_3_s, 'title')))
                            yield '</b> <small>'
                            yield escape(environment.finalize(environment.getattr(l_3_s, 'note')))
                            yield '</small></p><ol>'
                            for l_4_p in environment.getattr(l_3_s, 'stops'):
                                _loop_vars = {}
                                pass
                                yield '<li>'
                                if environment.getattr(l_4_p, 'link'):
                                    pass
                                    yield '<span class="link '
                                    yield escape(environment.finalize(environment.getattr(l_4_p, 'link')))
                                    yield '"><span>'
                                    yield escape(environment.finalize(environment.getattr(l_4_p, 'word')))
                                    yield '</span></span>'
                                yield '<span class="stop'
                                yield escape(environment.finalize((' missing' if environment.getattr(l_4_p, 'missing') else cond_expr_undefined("the inline if-expression on line 171 in 'report.html' evaluated to false and no else section was defined."))))
                                yield '"><b>'
                                yield escape(environment.finalize(environment.getattr(l_4_p, 'label')))
                                yield '</b>'
                                if environment.getattr(l_4_p, 'tools'):
                                    pass
                                    yield ' <small>'
                                    yield escape(environment.finalize(environment.getattr(l_4_p, 'tools')))
                                    yield '</small>'
                                yield '</span></li>'
                            l_4_p = missing
                            yield '</ol></li>\n'
                        l_3_s = missing
                        yield '</ul>\n'
                    l_2_title = l_2_list = missing
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'more'):
                        pass
                        yield '<p class="note">'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'strips.more', n=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'more'), _loop_vars=_loop_vars)))
                        yield '</p>'
                    yield '<details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'strips.table', _loop_vars=_loop_vars)))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'strips'), 'table')))
                    yield '</details>\n'
                yield '</section>\n'
        elif (l_1_part == 'ownership'):
            pass
            if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners') or environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses')):
                pass
                yield '<section id="ownership" aria-labelledby="h-owners">\n<h2 id="h-owners">'
                yield escape(environment.finalize(((environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'title') or environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'keepers_title')) if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses') else environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'title'))))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'ownership')))
                yield '\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'):
                    pass
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'bars'):
                        pass
                        yield '<p class="reading">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'reading')))
                        yield '</p><figure><figcaption>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'losses.bars', _loop_vars=_loop_vars)))
                        yield '</figcaption><div class="scroll" role="region" aria-label="'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'losses.bars', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                        yield '" tabindex="0">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'bars')))
                        yield '</div><details><summary>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'losses.table', _loop_vars=_loop_vars)))
                        yield '</summary>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'table')))
                        yield '</details></figure>'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'keepers'):
                        pass
                        if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'title'):
                            pass
                            yield '<h3>'
                            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'keepers_title')))
                            yield '</h3>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'), 'keepers')))
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'):
                    pass
                    if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'losses'):
                        pass
                        yield '<h3>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'title')))
                        yield '</h3>'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'reading'):
                        pass
                        yield '<p class="reading">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'reading')))
                        yield '</p>'
                    yield '<dl class="facts">\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'without'):
                        pass
                        yield '<dt>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'owners.without', _loop_vars=_loop_vars)))
                        yield '</dt><dd>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'without')))
                        yield '</dd>'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'unknown'):
                        pass
                        yield '<dt>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'owners.unknown', _loop_vars=_loop_vars)))
                        yield '</dt><dd>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'unknown')))
                        yield '</dd>'
                    yield '</dl>\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'hubs'):
                        pass
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'owners'), 'hubs')))
                yield '</section>\n'
        elif (l_1_part == 'money'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'):
                pass
                yield '<section id="money" aria-labelledby="h-money">\n<h2 id="h-money">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'money')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'reading'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'reading')))
                    yield '</p>'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'title')))
                    yield '</h3>'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'steps'):
                        pass
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'steps')))
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'possible'):
                        pass
                        yield '<p class="note">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'possible')))
                        yield '</p>'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'formula'):
                        pass
                        yield '<details><summary>'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'funds.formula', _loop_vars=_loop_vars)))
                        yield '</summary><p class="note">'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'freed'), 'formula')))
                        yield '</p></details>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'bars'):
                    pass
                    yield '<figure><figcaption>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'bars_title')))
                    yield '</figcaption><div class="scroll" role="region" aria-label="'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'money.bars', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                    yield '" tabindex="0">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'bars')))
                    yield '</div><details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'as-table', _loop_vars=_loop_vars)))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'bar_table')))
                    yield '</details></figure>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'strip'):
                    pass
                    yield '<figure><figcaption>'
                    yield escape(environment.finalize((environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'soon') or context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'money.strip', _loop_vars=_loop_vars))))
                    yield '</figcaption><div class="scroll" role="region" aria-label="'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'money.strip', _loop_vars=_loop_vars), _loop_vars=_loop_vars)))
                    yield '" tabindex="0">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'strip')))
                    yield '</div><p class="legend">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'money.legend', _loop_vars=_loop_vars)))
                    yield '</p></figure>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'contracts'):
                    pass
                    yield '<details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'money.contracts', _loop_vars=_loop_vars)))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'spending'), 'contracts')))
                    yield '</details>'
                yield '</section>\n'
        elif (l_1_part == 'trust'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'):
                pass
                yield '<section id="trust" aria-labelledby="h-trust">\n<h2 id="h-trust">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'trust')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'senders'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'reading')))
                    yield '</p>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'senders')))
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'risks'):
                    pass
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'risk_title'):
                        pass
                        yield '<h3>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'risk_title')))
                        yield '</h3>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'trust'), 'risks')))
                yield '</section>\n'
        elif (l_1_part == 'personal'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'):
                pass
                yield '<section id="personal" aria-labelledby="h-personal">\n<h2 id="h-personal">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'title')))
                yield '</h2>\n<p class="reading">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'reading')))
                yield '</p>\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'objects'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'objects.reading', _loop_vars=_loop_vars)))
                    yield '</p><div class="smalls">'
                    for l_2_o in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'objects'):
                        _loop_vars = {}
                        pass
                        yield '<figure><figcaption>'
                        yield escape(environment.finalize(environment.getattr(l_2_o, 'title')))
                        yield '</figcaption>'
                        if environment.getattr(l_2_o, 'note'):
                            pass
                            yield '<p class="note">'
                            yield escape(environment.finalize(environment.getattr(l_2_o, 'note')))
                            yield '</p>'
                        yield '<div class="scroll" role="region" aria-label="'
                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'picture', what=t_5(environment.getattr(l_2_o, 'title')), _loop_vars=_loop_vars)))
                        yield '" tabindex="0">'
                        yield escape(environment.finalize(environment.getattr(l_2_o, 'picture')))
                        yield '</div></figure>'
                    l_2_o = missing
                    yield '</div>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'table'):
                    pass
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'table')))
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'flows'):
                    pass
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'personal'), 'flows')))
                yield '</section>\n'
        elif (l_1_part == 'roadmap'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'):
                pass
                yield '<section id="roadmap" aria-labelledby="h-roadmap">\n<h2 id="h-roadmap">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'roadmap')))
                yield '\n'
                for l_2_t in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'steps'):
                    _loop_vars = {}
                    pass
                    yield escape(environment.finalize(l_2_t))
                l_2_t = missing
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'possible'):
                    pass
                    yield '<details'
                    yield escape(environment.finalize((' open' if (not environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'steps')) else cond_expr_undefined("the inline if-expression on line 234 in 'report.html' evaluated to false and no else section was defined."))))
                    yield '><summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'possible'), 'caption')))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'possible')))
                    yield '</details>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'unsettled'):
                    pass
                    yield '<p class="note">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'roadmap.unsettled', n=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'roadmap'), 'unsettled'), _loop_vars=_loop_vars)))
                    yield '</p>'
                yield '</section>\n'
        elif (l_1_part == 'findings'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'):
                pass
                yield '<section id="findings" aria-labelledby="h-findings">\n<h2 id="h-findings">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'findings')))
                yield '\n'
                if (not environment.getattr((undefined(name='w') if l_0_w is missing else l_0_w), 'is_english')):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'language.note', _loop_vars=_loop_vars)))
                    yield '</p>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'part'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'part')))
                    yield '</p>'
                if environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'changed'):
                    pass
                    yield '<p class="note changed">'
                    yield escape(environment.finalize(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'changed')))
                    yield '</p>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'reading'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'reading')))
                    yield '</p>'
                yield '<div class="tools filter" id="filter" data-control hidden role="group" aria-label="'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter', _loop_vars=_loop_vars)))
                yield '">\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.word', _loop_vars=_loop_vars)))
                yield ' <input type="search" id="filter-word" autocomplete="off"></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.area', _loop_vars=_loop_vars)))
                yield ' <select id="filter-area"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.any', _loop_vars=_loop_vars)))
                yield '</option>'
                for l_2_a in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'areas'):
                    _loop_vars = {}
                    pass
                    yield '<option value="'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'id')))
                    yield '">'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'name')))
                    yield '</option>'
                l_2_a = missing
                yield '</select></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.severity', _loop_vars=_loop_vars)))
                yield ' <select id="filter-severity"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.any', _loop_vars=_loop_vars)))
                yield '</option>'
                for l_2_s in ['high', 'medium', 'low', 'info']:
                    _loop_vars = {}
                    pass
                    yield '<option value="'
                    yield escape(environment.finalize(l_2_s))
                    yield '">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('severity.', l_2_s, )), _loop_vars=_loop_vars)))
                    yield '</option>'
                l_2_s = missing
                yield '</select></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.confidence', _loop_vars=_loop_vars)))
                yield ' <select id="filter-confidence"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.any', _loop_vars=_loop_vars)))
                yield '</option><option value="confirmed">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'confidence.confirmed', _loop_vars=_loop_vars)))
                yield '</option><option value="possible">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'confidence.possible', _loop_vars=_loop_vars)))
                yield '</option></select></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.owner', _loop_vars=_loop_vars)))
                yield ' <select id="filter-owner"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.any', _loop_vars=_loop_vars)))
                yield '</option>'
                for (l_2_i, l_2_name) in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'owners'):
                    _loop_vars = {}
                    pass
                    yield '<option value="'
                    yield escape(environment.finalize(l_2_i))
                    yield '">'
                    yield escape(environment.finalize(l_2_name))
                    yield '</option>'
                l_2_i = l_2_name = missing
                if environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'unowned'):
                    pass
                    yield '<option value="-">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'no-owner-known', _loop_vars=_loop_vars)))
                    yield '</option>'
                yield '</select></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.tool', _loop_vars=_loop_vars)))
                yield ' <select id="filter-tool"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.any', _loop_vars=_loop_vars)))
                yield '</option>'
                for (l_2_i, l_2_name) in environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'tools'):
                    _loop_vars = {}
                    pass
                    yield '<option value="'
                    yield escape(environment.finalize(l_2_i))
                    yield '">'
                    yield escape(environment.finalize(l_2_name))
                    yield '</option>'
                l_2_i = l_2_name = missing
                yield '</select></label>\n<label>'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.sort', _loop_vars=_loop_vars)))
                yield ' <select id="filter-sort"><option value="">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.sort.area', _loop_vars=_loop_vars)))
                yield '</option>'
                for l_2_k in ['severity', 'deadline', 'saving']:
                    _loop_vars = {}
                    pass
                    yield '<option value="'
                    yield escape(environment.finalize(l_2_k))
                    yield '">'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('filter.sort.', l_2_k, )), _loop_vars=_loop_vars)))
                    yield '</option>'
                l_2_k = missing
                yield '</select></label>\n<button type="button" id="filter-reset">'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.reset', _loop_vars=_loop_vars)))
                yield '</button>\n<output id="filter-count" data-say="'
                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'filter.count', n='{n}', of='{of}', _loop_vars=_loop_vars)))
                yield '"></output>\n</div>\n'
                l_2_loop = missing
                for l_2_a, l_2_loop in LoopContext(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'areas'), undefined):
                    _loop_vars = {}
                    pass
                    yield '<div class="area" id="area-'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'id')))
                    yield '">\n<h3>'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'name')))
                    yield ' <small>'
                    yield escape(environment.finalize(environment.getattr(l_2_a, 'counts')))
                    yield '</small></h3>\n'
                    l_3_loop = missing
                    for l_3_g, l_3_loop in LoopContext(environment.getattr(l_2_a, 'groups'), undefined):
                        _loop_vars = {}
                        pass
                        yield '<div class="group">\n<div class="about"><h4>'
                        yield escape(environment.finalize(environment.getattr(l_3_g, 'title')))
                        yield '</h4>'
                        if environment.getattr(l_3_g, 'why'):
                            pass
                            yield '<p>'
                            yield escape(environment.finalize(t_4(environment.getattr(l_3_g, 'why'))))
                            yield '</p>'
                        if environment.getattr(l_3_g, 'all_rest'):
                            pass
                            yield '<p class="rest">'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.all-rest', _loop_vars=_loop_vars)))
                            yield '</p><ul class="facts">'
                            for l_4_e in environment.getattr(l_3_g, 'all_rest'):
                                _loop_vars = {}
                                pass
                                yield '<li>'
                                yield escape(environment.finalize(l_4_e))
                            l_4_e = missing
                            yield '</ul>'
                        yield '</div>\n<div class="cards">\n'
                        l_4_loop = missing
                        for l_4_k, l_4_loop in LoopContext((environment.getattr(l_3_g, 'confirmed') + (environment.getattr(l_3_g, 'possible') if (not environment.getattr(l_3_g, 'together')) else [])), undefined):
                            _loop_vars = {}
                            pass
                            yield '<article class="card '
                            yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'finding'), 'severity')))
                            yield ' '
                            yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'finding'), 'confidence')))
                            yield '" id="'
                            yield escape(environment.finalize(environment.getattr(l_4_k, 'anchor')))
                            yield '"'
                            yield escape(environment.finalize(context.call(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'of'), environment.getattr(l_4_k, 'finding'), t_3(context, environment.getattr(l_4_k, 'led'), attribute='finding'), _loop_vars=_loop_vars)))
                            yield '>\n<p class="tags">'
                            yield escape(environment.finalize(environment.getattr(l_4_k, 'severity')))
                            yield ' <span class="conf '
                            yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'finding'), 'confidence')))
                            yield '">'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('confidence.', environment.getattr(environment.getattr(l_4_k, 'finding'), 'confidence'), )), _loop_vars=_loop_vars)))
                            yield '</span>'
                            if environment.getattr(l_4_k, 'scopes'):
                                pass
                                yield ' <span class="tag">'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'scopes')))
                                yield '</span>'
                            if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') and (environment.getattr(environment.getattr(l_4_k, 'finding'), 'id') in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'fresh'))):
                                pass
                                yield ' <span class="tag fresh">'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.tag', _loop_vars=_loop_vars)))
                                yield '</span>'
                            yield ' <a class="perma" href="#'
                            yield escape(environment.finalize(environment.getattr(l_4_k, 'anchor')))
                            yield '">'
                            yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'numbers'), environment.getattr(environment.getattr(l_4_k, 'finding'), 'id'))))
                            yield '</a></p>\n<h5>'
                            yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_4_k, 'finding'), 'sentence'))))
                            yield '</h5>\n<ul class="facts">'
                            for l_5_e in environment.getattr(l_4_k, 'evidence'):
                                _loop_vars = {}
                                pass
                                yield '<li>'
                                yield escape(environment.finalize(l_5_e))
                            l_5_e = missing
                            if environment.getattr(l_4_k, 'path'):
                                pass
                                yield '<li>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.path', _loop_vars=_loop_vars)))
                                yield ' '
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'path')))
                            yield '</ul>\n'
                            yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(environment.getattr(l_4_k, 'finding'), 'id'), _loop_vars=_loop_vars)))
                            yield '\n<dl>\n'
                            if environment.getattr(l_4_k, 'action'):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.do', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(environment.getattr(l_4_k, 'action'), 'action'), 'text'))))
                                yield ' <span class="meta"><span>'
                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'action'), 'effort')))
                                yield '</span> <span>'
                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'action'), 'owner')))
                                yield '</span>'
                                if environment.getattr(environment.getattr(l_4_k, 'action'), 'by'):
                                    pass
                                    yield ' <span class="due">'
                                    yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'action'), 'by')))
                                    yield '</span>'
                                if environment.getattr(environment.getattr(l_4_k, 'action'), 'after'):
                                    pass
                                    yield ' <span>'
                                    yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'action'), 'after')))
                                    yield '</span>'
                                yield '</span>'
                            if environment.getattr(l_4_k, 'at_stake'):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.stake', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'at_stake')))
                            if environment.getattr(l_4_k, 'harmless'):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.harmless', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'harmless')))
                            if environment.getattr(l_4_k, 'related'):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.related', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                l_5_loop = missing
                                for l_5_r, l_5_loop in LoopContext(environment.getattr(l_4_k, 'related'), undefined):
                                    _loop_vars = {}
                                    pass
                                    yield escape(environment.finalize(l_5_r))
                                    if (not environment.getattr(l_5_loop, 'last')):
                                        pass
                                        yield '; '
                                l_5_loop = l_5_r = missing
                            yield '</dl>\n'
                            if environment.getattr(l_4_k, 'led'):
                                pass
                                yield '<div class="led"><p>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.led', n=t_2(environment.getattr(l_4_k, 'led')), _loop_vars=_loop_vars)))
                                yield '</p><ul>'
                                for l_5_l in environment.getattr(l_4_k, 'led'):
                                    _loop_vars = {}
                                    pass
                                    yield '<li id="'
                                    yield escape(environment.finalize(environment.getattr(l_5_l, 'anchor')))
                                    yield '" class="'
                                    yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_l, 'finding'), 'confidence')))
                                    yield '"><span class="no">'
                                    yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'numbers'), environment.getattr(environment.getattr(l_5_l, 'finding'), 'id'))))
                                    yield '</span> '
                                    yield escape(environment.finalize(environment.getattr(l_5_l, 'severity')))
                                    yield ' <span class="conf '
                                    yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_l, 'finding'), 'confidence')))
                                    yield '">'
                                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), markup_join(('confidence.', environment.getattr(environment.getattr(l_5_l, 'finding'), 'confidence'), )), _loop_vars=_loop_vars)))
                                    yield '</span>'
                                    if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') and (environment.getattr(environment.getattr(l_5_l, 'finding'), 'id') in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'fresh'))):
                                        pass
                                        yield ' <span class="tag fresh">'
                                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.tag', _loop_vars=_loop_vars)))
                                        yield '</span>'
                                    yield ' <span>'
                                    yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_5_l, 'finding'), 'sentence'))))
                                    yield '</span><ul class="facts">'
                                    for l_6_e in environment.getattr(l_5_l, 'evidence'):
                                        _loop_vars = {}
                                        pass
                                        yield '<li>'
                                        yield escape(environment.finalize(l_6_e))
                                    l_6_e = missing
                                    yield '</ul>'
                                    yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(environment.getattr(l_5_l, 'finding'), 'id'), _loop_vars=_loop_vars)))
                                    yield '</li>'
                                l_5_l = missing
                                yield '</ul></div>'
                            yield '</article>\n'
                        l_4_loop = l_4_k = missing
                        for l_4_b in environment.getattr(l_3_g, 'blocks'):
                            _loop_vars = {}
                            pass
                            yield '<div class="together sure"><p>'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.alike', n=t_2(environment.getattr(l_4_b, 'cards')), _loop_vars=_loop_vars)))
                            yield '</p>'
                            if environment.getattr(l_4_b, 'facts'):
                                pass
                                yield '<ul class="facts">'
                                for l_5_e in environment.getattr(l_4_b, 'facts'):
                                    _loop_vars = {}
                                    pass
                                    yield '<li>'
                                    yield escape(environment.finalize(l_5_e))
                                l_5_e = missing
                                yield '</ul>'
                            yield '<dl>'
                            if ((environment.getattr(l_4_b, 'action') or environment.getattr(l_4_b, 'effort')) or environment.getattr(l_4_b, 'owner')):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.do', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                if environment.getattr(l_4_b, 'action'):
                                    pass
                                    yield escape(environment.finalize(t_4(environment.getattr(l_4_b, 'action'))))
                                    yield ' '
                                if (environment.getattr(l_4_b, 'effort') or environment.getattr(l_4_b, 'owner')):
                                    pass
                                    yield '<span class="meta">'
                                    if environment.getattr(l_4_b, 'effort'):
                                        pass
                                        yield '<span>'
                                        yield escape(environment.finalize(environment.getattr(l_4_b, 'effort')))
                                        yield '</span> '
                                    if environment.getattr(l_4_b, 'owner'):
                                        pass
                                        yield '<span>'
                                        yield escape(environment.finalize(environment.getattr(l_4_b, 'owner')))
                                        yield '</span>'
                                    yield '</span>'
                            if environment.getattr(l_4_b, 'harmless'):
                                pass
                                yield '<dt>'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.harmless', _loop_vars=_loop_vars)))
                                yield '<dd>'
                                yield escape(environment.finalize(environment.getattr(l_4_b, 'harmless')))
                            yield '</dl><ul class="each">\n'
                            for l_5_k in environment.getattr(l_4_b, 'cards'):
                                _loop_vars = {}
                                pass
                                yield '<li id="'
                                yield escape(environment.finalize(environment.getattr(l_5_k, 'anchor')))
                                yield '" class="'
                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'finding'), 'severity')))
                                yield ' confirmed"'
                                yield escape(environment.finalize(context.call(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'of'), environment.getattr(l_5_k, 'finding'), _loop_vars=_loop_vars)))
                                yield '><span class="no">'
                                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'numbers'), environment.getattr(environment.getattr(l_5_k, 'finding'), 'id'))))
                                yield '</span> '
                                yield escape(environment.finalize(environment.getattr(l_5_k, 'severity')))
                                if environment.getattr(l_5_k, 'scopes'):
                                    pass
                                    yield ' <span class="tag">'
                                    yield escape(environment.finalize(environment.getattr(l_5_k, 'scopes')))
                                    yield '</span>'
                                if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') and (environment.getattr(environment.getattr(l_5_k, 'finding'), 'id') in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'fresh'))):
                                    pass
                                    yield ' <span class="tag fresh">'
                                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.tag', _loop_vars=_loop_vars)))
                                    yield '</span>'
                                yield ' <span class="say">'
                                yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_5_k, 'finding'), 'sentence'))))
                                yield '</span>'
                                if (environment.getattr(l_5_k, 'action') and environment.getattr(l_4_b, 'action')):
                                    pass
                                    yield ' <span class="meta">'
                                    if (not environment.getattr(l_4_b, 'effort')):
                                        pass
                                        yield '<span>'
                                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'action'), 'effort')))
                                        yield '</span> '
                                    if (not environment.getattr(l_4_b, 'owner')):
                                        pass
                                        yield '<span>'
                                        yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'action'), 'owner')))
                                        yield '</span>'
                                    yield '</span>'
                                if ((environment.getattr(l_5_k, 'evidence') or environment.getattr(l_5_k, 'path')) or (environment.getattr(l_5_k, 'action') and (not environment.getattr(l_4_b, 'action')))):
                                    pass
                                    yield '<ul class="facts">'
                                    for l_6_e in environment.getattr(l_5_k, 'evidence'):
                                        _loop_vars = {}
                                        pass
                                        yield '<li>'
                                        yield escape(environment.finalize(l_6_e))
                                    l_6_e = missing
                                    if environment.getattr(l_5_k, 'path'):
                                        pass
                                        yield '<li>'
                                        yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.path', _loop_vars=_loop_vars)))
                                        yield ' '
                                        yield escape(environment.finalize(environment.getattr(l_5_k, 'path')))
                                    if (environment.getattr(l_5_k, 'action') and (not environment.getattr(l_4_b, 'action'))):
                                        pass
                                        yield '<li class="do">'
                                        yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(environment.getattr(l_5_k, 'action'), 'action'), 'text'))))
                                        yield ' '
                                        if environment.getattr(environment.getattr(l_5_k, 'action'), 'after'):
                                            pass
                                            yield '<small>'
                                            yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'action'), 'after')))
                                            yield '</small> '
                                        if (not (environment.getattr(l_4_b, 'effort') and environment.getattr(l_4_b, 'owner'))):
                                            pass
                                            yield '<span class="meta">'
                                            if (not environment.getattr(l_4_b, 'effort')):
                                                pass
                                                yield '<span>'
                                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'action'), 'effort')))
                                                yield '</span> '
                                            if (not environment.getattr(l_4_b, 'owner')):
                                                pass
                                                yield '<span>'
                                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_5_k, 'action'), 'owner')))
                                                yield '</span>'
                                            yield '</span>'
                                    yield '</ul>'
                                yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(environment.getattr(l_5_k, 'finding'), 'id'), _loop_vars=_loop_vars)))
                                yield '</li>\n'
                            l_5_k = missing
                            yield '</ul></div>\n'
                        l_4_b = missing
                        if environment.getattr(l_3_g, 'together'):
                            pass
                            yield '<div class="together"><p>'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.together', n=t_2(environment.getattr(l_3_g, 'possible')), _loop_vars=_loop_vars)))
                            yield '</p>'
                            if environment.getattr(l_3_g, 'shared'):
                                pass
                                yield '<ul class="facts">'
                                for l_4_e in environment.getattr(l_3_g, 'shared'):
                                    _loop_vars = {}
                                    pass
                                    yield '<li>'
                                    yield escape(environment.finalize(l_4_e))
                                l_4_e = missing
                                yield '</ul>'
                            yield '<ul class="each">\n'
                            for l_4_k in environment.getattr(l_3_g, 'possible'):
                                _loop_vars = {}
                                pass
                                yield '<li id="'
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'anchor')))
                                yield '" class="'
                                yield escape(environment.finalize(environment.getattr(environment.getattr(l_4_k, 'finding'), 'severity')))
                                yield ' possible"'
                                yield escape(environment.finalize(context.call(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'of'), environment.getattr(l_4_k, 'finding'), t_3(context, environment.getattr(l_4_k, 'led'), attribute='finding'), _loop_vars=_loop_vars)))
                                yield '><span class="no">'
                                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'numbers'), environment.getattr(environment.getattr(l_4_k, 'finding'), 'id'))))
                                yield '</span> '
                                yield escape(environment.finalize(environment.getattr(l_4_k, 'severity')))
                                if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') and (environment.getattr(environment.getattr(l_4_k, 'finding'), 'id') in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'fresh'))):
                                    pass
                                    yield ' <span class="tag fresh">'
                                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.tag', _loop_vars=_loop_vars)))
                                    yield '</span>'
                                yield ' <span class="say">'
                                yield escape(environment.finalize(t_4(environment.getattr(environment.getattr(l_4_k, 'finding'), 'sentence'))))
                                yield '</span>'
                                if environment.getattr(l_4_k, 'evidence'):
                                    pass
                                    yield '<ul class="facts">'
                                    for l_5_e in environment.getattr(l_4_k, 'evidence'):
                                        _loop_vars = {}
                                        pass
                                        yield '<li>'
                                        yield escape(environment.finalize(l_5_e))
                                    l_5_e = missing
                                    yield '</ul>'
                                yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(environment.getattr(l_4_k, 'finding'), 'id'), _loop_vars=_loop_vars)))
                                yield '</li>\n'
                            l_4_k = missing
                            yield '</ul></div>\n'
                        if environment.getattr(l_3_g, 'brief'):
                            pass
                            yield '<div class="together"><p>'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'findings.brief', n=t_2(environment.getattr(l_3_g, 'brief')), _loop_vars=_loop_vars)))
                            yield '</p><ul class="each">\n'
                            for (l_4_anchor, l_4_f) in environment.getattr(l_3_g, 'brief'):
                                _loop_vars = {}
                                pass
                                yield '<li id="'
                                yield escape(environment.finalize(l_4_anchor))
                                yield '" class="'
                                yield escape(environment.finalize(environment.getattr(l_4_f, 'severity')))
                                yield ' '
                                yield escape(environment.finalize(environment.getattr(l_4_f, 'confidence')))
                                yield '"'
                                yield escape(environment.finalize(context.call(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'of'), l_4_f, _loop_vars=_loop_vars)))
                                yield '><span class="no">'
                                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'numbers'), environment.getattr(l_4_f, 'id'))))
                                yield '</span> '
                                yield escape(environment.finalize(context.call(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'severity'), environment.getattr(l_4_f, 'severity'), environment.getattr(l_4_f, 'confidence'), _loop_vars=_loop_vars)))
                                if (environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') and (environment.getattr(l_4_f, 'id') in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'fresh'))):
                                    pass
                                    yield ' <span class="tag fresh">'
                                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'since.tag', _loop_vars=_loop_vars)))
                                    yield '</span>'
                                yield ' '
                                yield escape(environment.finalize(t_4(environment.getattr(l_4_f, 'sentence'))))
                                yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(l_4_f, 'id'), _loop_vars=_loop_vars)))
                                yield '</li>\n'
                            l_4_anchor = l_4_f = missing
                            yield '</ul></div>\n'
                        yield '</div></div>\n'
                    l_3_loop = l_3_g = missing
                    yield '</div>\n'
                l_2_loop = l_2_a = missing
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'lines'):
                    pass
                    yield '<div class="area" id="area-lines"><h3>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'audience.lines', _loop_vars=_loop_vars)))
                    yield '</h3><div class="together"><ul class="each">\n'
                    for (l_2_anchor, l_2_f) in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'lines'):
                        _loop_vars = {}
                        pass
                        yield '<li id="'
                        yield escape(environment.finalize(l_2_anchor))
                        yield '" class="'
                        yield escape(environment.finalize(environment.getattr(l_2_f, 'severity')))
                        yield ' '
                        yield escape(environment.finalize(environment.getattr(l_2_f, 'confidence')))
                        yield '"'
                        yield escape(environment.finalize(context.call(environment.getattr(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'register'), 'marks'), 'of'), l_2_f, _loop_vars=_loop_vars)))
                        yield '>'
                        yield escape(environment.finalize(context.call(environment.getattr((undefined(name='c') if l_0_c is missing else l_0_c), 'severity'), environment.getattr(l_2_f, 'severity'), environment.getattr(l_2_f, 'confidence'), _loop_vars=_loop_vars)))
                        yield ' '
                        yield escape(environment.finalize(t_4(environment.getattr(l_2_f, 'sentence'))))
                        yield escape(environment.finalize(context.call(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'about'), environment.getattr(l_2_f, 'id'), _loop_vars=_loop_vars)))
                        yield '</li>\n'
                    l_2_anchor = l_2_f = missing
                    yield '</ul></div></div>\n'
                yield '</section>\n'
        elif (l_1_part == 'unknowns'):
            pass
            if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'):
                pass
                yield '<section id="not-judged" aria-labelledby="h-unknowns">\n<h2 id="h-unknowns">'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'title')))
                yield '</h2>'
                yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'not-judged')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'reading'):
                    pass
                    yield '<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'reading')))
                    yield '</p>'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'people'):
                    pass
                    yield '<h3>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'unknowns.people', _loop_vars=_loop_vars)))
                    yield '</h3>\n<div class="sheets">'
                    for l_2_p in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'people'):
                        _loop_vars = {}
                        pass
                        yield '<article class="ask"><h4>'
                        yield escape(environment.finalize(environment.getattr(l_2_p, 'who')))
                        yield ' <small>'
                        yield escape(environment.finalize(environment.getattr(l_2_p, 'about')))
                        yield '</small></h4>\n<ol>'
                        for l_3_q in environment.getattr(l_2_p, 'first'):
                            _loop_vars = {}
                            pass
                            yield '<li>'
                            yield escape(environment.finalize(environment.getattr(l_3_q, 'text')))
                            if environment.getattr(l_3_q, 'names'):
                                pass
                                yield ' <span class="names">'
                                yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'unknowns.all', names=environment.getattr(l_3_q, 'names'), _loop_vars=_loop_vars)))
                                yield '</span>'
                            if environment.getattr(l_3_q, 'settles'):
                                pass
                                yield ' <small>'
                                yield escape(environment.finalize(environment.getattr(l_3_q, 'settles')))
                                yield '</small>'
                            if environment.getattr(l_3_q, 'fills'):
                                pass
                                yield ' <code>'
                                yield escape(environment.finalize(environment.getattr(l_3_q, 'fills')))
                                yield '</code>'
                            yield '</li>'
                        l_3_q = missing
                        yield '</ol>\n'
                        if environment.getattr(l_2_p, 'rest'):
                            pass
                            yield '<details><summary>'
                            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'unknowns.more', n=t_2(environment.getattr(l_2_p, 'rest')), _loop_vars=_loop_vars)))
                            yield '</summary><ol start="'
                            yield escape(environment.finalize((t_2(environment.getattr(l_2_p, 'first')) + 1)))
                            yield '">'
                            for l_3_q in environment.getattr(l_2_p, 'rest'):
                                _loop_vars = {}
                                pass
                                yield '<li>'
                                yield escape(environment.finalize(environment.getattr(l_3_q, 'text')))
                                if environment.getattr(l_3_q, 'names'):
                                    pass
                                    yield ' <span class="names">'
                                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'unknowns.all', names=environment.getattr(l_3_q, 'names'), _loop_vars=_loop_vars)))
                                    yield '</span>'
                                if environment.getattr(l_3_q, 'settles'):
                                    pass
                                    yield ' <small>'
                                    yield escape(environment.finalize(environment.getattr(l_3_q, 'settles')))
                                    yield '</small>'
                                if environment.getattr(l_3_q, 'fills'):
                                    pass
                                    yield ' <code>'
                                    yield escape(environment.finalize(environment.getattr(l_3_q, 'fills')))
                                    yield '</code>'
                                yield '</li>'
                            l_3_q = missing
                            yield '</ol></details>'
                        yield '</article>'
                    l_2_p = missing
                    yield '</div>\n'
                if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'):
                    pass
                    yield '<h3 id="declared-and-observed">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'title')))
                    yield '</h3>\n<p class="reading">'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'reading')))
                    yield '</p>\n'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'table')))
                    yield '\n'
                    if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'aside'):
                        pass
                        yield '<details><summary>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'aside_title')))
                        yield '</summary>'
                        yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'declared'), 'aside')))
                        yield '</details>'
                yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'fields')))
                yield '\n'
                if environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'grid'):
                    pass
                    yield '<details><summary>'
                    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'unknowns.grid', _loop_vars=_loop_vars)))
                    yield '</summary>'
                    yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'unknowns'), 'grid')))
                    yield '</details>'
                yield '</section>\n'
        elif (l_1_part == 'appendix'):
            pass
            yield '<section id="appendix" aria-labelledby="h-appendix">\n<h2 id="h-appendix">'
            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'title')))
            yield '</h2>'
            yield escape(environment.finalize(environment.getitem(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'sections'), 'appendix')))
            yield '\n'
            def t_10(fiter):
                for l_2_t in fiter:
                    if l_2_t:
                        yield l_2_t
            for l_2_t in t_10((([environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since'), 'table')] if environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'since') else []) + [environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'tools'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'integrations'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'checks'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'accepted'), environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'hidden'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'unmatched'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'out_of_scope'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'notes'), environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'glossary')])):
                _loop_vars = {}
                pass
                yield '<details class="sheet"><summary>'
                yield escape(environment.finalize(environment.getattr(l_2_t, 'caption')))
                yield '</summary>'
                yield escape(environment.finalize(l_2_t))
                yield '</details>\n'
            l_2_t = missing
            yield '<details class="sheet"><summary>'
            yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'appendix.method', _loop_vars=_loop_vars)))
            yield '</summary><ul>'
            for l_2_m in environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'method'):
                _loop_vars = {}
                pass
                yield '<li>'
                yield escape(environment.finalize(l_2_m))
                yield '</li>'
            l_2_m = missing
            yield '</ul>'
            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'appendix'), 'files')))
            yield '</details>\n</section>\n'
    l_1_loop = l_1_part = missing
    yield '</main>\n<footer>'
    if (environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'footer') or environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'contact')):
        pass
        yield '<p class="house">'
        if environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'footer'):
            pass
            yield '<span>'
            yield escape(environment.finalize(environment.getattr(environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'brand'), 'footer')))
            yield '</span>'
        for l_1_line in environment.getattr((undefined(name='d') if l_0_d is missing else l_0_d), 'contact'):
            _loop_vars = {}
            pass
            yield '<span>'
            yield escape(environment.finalize(l_1_line))
            yield '</span>'
        l_1_line = missing
        yield '</p>'
    yield '<p>'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'footer', company=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'company'), day=environment.getattr(environment.getattr((undefined(name='v') if l_0_v is missing else l_0_v), 'cover'), 'day'))))
    yield '</p><p id="copied" class="said screen" role="status" data-control hidden data-copy="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'copy')))
    yield '" data-label="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'copy.label', what='{what}')))
    yield '" data-done="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'copy.done', n='{n}')))
    yield '" data-one="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'copy.one')))
    yield '" data-failed="'
    yield escape(environment.finalize(context.call((undefined(name='w') if l_0_w is missing else l_0_w), 'copy.failed')))
    yield '"></p></footer>\n'
    if (undefined(name='rest') if l_0_rest is missing else l_0_rest):
        pass
        yield '<script type="application/json" id="rest">'
        yield escape(environment.finalize(t_6(context.eval_ctx, (undefined(name='rest') if l_0_rest is missing else l_0_rest))))
        yield '</script>'
    yield '<script>'
    yield escape(environment.finalize((undefined(name='script') if l_0_script is missing else l_0_script)))
    yield '</script>\n</body>\n</html>'

blocks = {}
debug_info = '2=63&5=69&9=71&11=77&12=85&14=87&15=91&17=93&18=109&19=113&20=123&21=128&22=133&24=145&25=147&29=158&30=161&33=164&34=166&35=177&37=179&39=182&43=212&45=218&47=221&49=223&50=229&53=262&57=269&58=272&60=274&64=288&65=295&66=307&69=317&70=319&71=322&72=330&74=332&75=335&76=341&78=354&79=368&80=389&82=394&83=396&84=399&85=403&86=407&88=409&89=411&92=464&93=514&95=536&96=548&97=554&100=558&101=560&103=563&104=567&105=573&106=576&108=578&109=594&112=606&116=612&117=614&118=617&119=621&120=625&121=627&122=630&123=637&124=640&125=646&127=650&128=653&129=657&130=659&131=663&133=682&134=685&136=689&137=703&138=706&140=720&141=723&145=744&146=747&147=749&148=761&149=763&151=766&152=768&153=770&154=774&157=778&158=780&160=790&162=797&163=800&164=804&165=822&167=826&168=829&169=833&170=841&171=843&175=878&176=884&180=889&181=891&183=894&184=898&185=900&186=915&188=923&189=930&191=936&192=943&194=951&197=955&198=957&200=960&201=964&202=969&203=972&204=982&206=989&207=1002&208=1013&211=1021&212=1023&214=1026&215=1030&216=1036&219=1045&220=1047&222=1050&223=1052&224=1054&225=1077&226=1080&229=1084&230=1086&232=1089&233=1093&234=1098&235=1107&238=1113&239=1115&241=1118&242=1122&243=1127&244=1132&245=1137&246=1143&247=1145&248=1147&249=1161&250=1175&251=1183&252=1202&253=1216&254=1230&255=1232&257=1235&258=1239&259=1241&260=1246&262=1250&264=1271&265=1275&266=1283&267=1304&268=1306&269=1319&271=1321&272=1343&273=1349&274=1355&276=1370&279=1412&280=1416&281=1429&282=1459&286=1544&287=1547&288=1560&292=1595&293=1598&294=1600&302=1630&303=1633&304=1635&310=1655&311=1657&313=1660&314=1664&315=1669&316=1672&317=1674&318=1682&319=1705&322=1738&323=1741&324=1743&325=1745&326=1747&328=1754&329=1756&332=1764&334=1767&335=1771&336=1779&338=1785&343=1799&344=1828&345=1834'
