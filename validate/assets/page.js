/* SPDX-License-Identifier: Apache-2.0 */
'use strict';
const tip = document.getElementById('tip');

function showTip(text, left, top) {
    tip.textContent = text;
    tip.hidden = false;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = window.scrollX + Math.max(8, Math.min(left + 14, room)) + 'px';
    const below = top + 14 + tip.offsetHeight < document.documentElement.clientHeight;
    tip.style.top = window.scrollY + (below ? top + 14 : top - tip.offsetHeight - 10) + 'px';
}

function hideTip() {
    tip.hidden = true;
}

/* Arrow keys walk through the marks of a chart, whose descriptions are their tooltips. */
function walkByKeys(chart) {
    let at = -1;
    const go = to => {
        const marks = [...chart.querySelectorAll('[aria-roledescription="point"]')];
        if (marks.length === 0) return;
        at = Math.max(0, Math.min(to, marks.length - 1));
        marks[at].setAttribute('tabindex', '-1');
        marks[at].focus();
        const box = marks[at].getBoundingClientRect();
        showTip(marks[at].getAttribute('aria-label'), Math.min(box.right, chart.getBoundingClientRect().right), box.bottom);
    };
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    chart.addEventListener('focusout', hideTip);
    chart.addEventListener('keydown', event => {
        if (event.key in steps) go(at + steps[event.key]);
        else if (event.key === 'Home') go(0);
        else if (event.key === 'End') go(Infinity);
        else if (event.key === 'Escape') { chart.focus(); hideTip(); }
        else return;
        event.preventDefault();
    });
}

/* Charts that can be of any width are as wide as the page leaves them. */
function fitted(view, chart) {
    const style = getComputedStyle(chart);
    const inside = chart.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const room = Math.max(260, Math.floor(inside));
    return view.width(room).signal('room', room);
}

async function draw(chart) {
    const spec = JSON.parse(document.getElementById(chart.dataset.spec).textContent);
    /* Expressions are interpreted: the page's policy lets no text become code. */
    const view = new vega.View(vega.parse(spec, null, { ast: true }), {
        expr: vega.expressionInterpreter, renderer: 'svg', container: chart, hover: false,
        tooltip: (handler, event, item, text) => text ? showTip(text, event.clientX, event.clientY) : hideTip()
    });
    if (spec.autosize.type === 'fit-x') {
        fitted(view, chart);
        addEventListener('resize', () => fitted(view, chart).runAsync());
    }
    await view.runAsync();
    walkByKeys(chart);
}

for (const chart of document.querySelectorAll('.chart')) {
    draw(chart).catch(error => {
        chart.textContent = 'This chart could not be drawn: ' + error.message;
        chart.classList.add('failed');
        console.error(error);
    });
}
