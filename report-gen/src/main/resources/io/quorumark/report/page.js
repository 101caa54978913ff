'use strict';
(function () {
  function sortBy(button) {
    var head = button.closest('th');
    var table = head.closest('table');
    var column = Array.prototype.indexOf.call(head.parentNode.children, head);
    var current = head.getAttribute('aria-sort');
    var ascending = current ? current !== 'ascending' : head.dataset.first !== 'descending';
    var rows = Array.from(table.tBodies[0].rows);
    rows.sort(function (left, right) {
      var a = left.children[column].dataset.sort;
      var b = right.children[column].dataset.sort;
      if (a === '' || b === '') { return a === b ? 0 : a === '' ? 1 : -1; }
      var order = head.dataset.kind === 'text' ? (a < b ? -1 : a > b ? 1 : 0) : Number(a) - Number(b);
      return ascending ? order : -order;
    });
    table.querySelectorAll('th[aria-sort]').forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
    rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
  }
  function toggle(button) {
    var shown = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(shown));
    document.querySelectorAll('.series').forEach(function (series) {
      if (series.dataset.series === button.dataset.series) { series.classList.toggle('off', !shown); }
    });
  }
  function copy(button) {
    var source = document.getElementById(button.dataset.copies);
    function done() {
      button.textContent = 'Copied';
      setTimeout(function () { button.textContent = 'Copy'; }, 2000);
    }
    function select() {
      var range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = 'Selected: press Ctrl+C';
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(source.textContent).then(done, select); } else { select(); }
  }
  // A window into the axis of time of one figure: its plots show less of their space, marks move, the axis is written anew.
  function zoom(figure, from, to) {
    figure.querySelectorAll('svg.chart').forEach(function (chart) {
      var axis = chart.querySelector('.time');
      var left = Number(axis.dataset.left);
      var right = Number(axis.dataset.right);
      var bottom = Number(axis.dataset.bottom);
      var seconds = Number(axis.dataset.seconds);
      var ticks = '';
      function place(second) { return left + (second - from) / (to - from) * (right - left); }
      chart.classList.toggle('zoomed', from > 0 || to < seconds);
      chart.querySelectorAll('.plot').forEach(function (plot) {
        var box = plot.viewBox.baseVal;
        plot.dataset.width = plot.dataset.width || box.width;
        var unit = Number(plot.dataset.width) / seconds;
        plot.setAttribute('viewBox', [from * unit, 0, (to - from) * unit, box.height].join(' '));
      });
      chart.querySelectorAll('.lane use').forEach(function (mark) {
        mark.dataset.second = mark.dataset.second || (mark.getAttribute('x') - left) / (right - left) * seconds;
        var second = Number(mark.dataset.second);
        mark.setAttribute('x', place(second));
        mark.classList.toggle('off', second < from || second > to);
      });
      axis.querySelectorAll('.tick').forEach(function (tick) { tick.remove(); });
      var step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(function (each) { return (to - from) / each <= (right > 600 ? 12 : 6); }) || to - from;
      for (var second = Math.ceil(from / step) * step; second <= to; second += step) {
        var text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('class', 'tick middle');
        text.setAttribute('x', place(second));
        text.setAttribute('y', bottom + 17);
        text.textContent = second;
        axis.appendChild(text);
        ticks += 'M' + place(second) + ' ' + bottom + 'v4';
      }
      axis.querySelector('.tick-mark').setAttribute('d', ticks);
    });
  }
  // Two sliders above each figure with an axis of time; without a script the whole of it is shown.
  function addZoom(figure) {
    var seconds = Math.ceil(Number(figure.querySelector('.time').dataset.seconds));
    if (seconds < 4) { return; }
    var controls = document.createElement('p');
    controls.className = 'zoom';
    var told = document.createElement('output');
    var ends = ['From second', 'to second'].map(function (name, end) {
      var label = document.createElement('label');
      var slider = document.createElement('input');
      slider.type = 'range';
      slider.min = 0;
      slider.max = seconds;
      slider.value = end * seconds;
      label.append(name + ' ', slider);
      controls.append(label);
      return slider;
    });
    function show(moved) {
      var other = moved === ends[0] ? ends[1] : ends[0];
      // at least two seconds, and the slider that moved pushes the other one
      var least = moved === ends[0] ? 2 : -2;
      if ((Number(other.value) - Number(moved.value)) * Math.sign(least) < 2) { other.value = Number(moved.value) + least; }
      if (Math.abs(other.value - moved.value) < 2) { moved.value = Number(other.value) - least; }
      told.textContent = ends[0].value + ' to ' + ends[1].value;
      zoom(figure, Number(ends[0].value), Number(ends[1].value));
    }
    ends.forEach(function (slider) { slider.addEventListener('input', function () { show(slider); }); });
    told.textContent = '0 to ' + seconds;
    controls.append(told);
    figure.insertBefore(controls, figure.querySelector('svg.chart'));
  }
  // What a mark of a lane stands for is told when it is pointed at: its row in the section's table of stalls, the longest last in the drawing.
  function tell(mark) {
    var lane = mark.parentNode;
    var engine = mark.closest('.series').dataset.series;
    var tables = Array.from(mark.closest('section').querySelectorAll('table.data'));
    var stalls = tables.find(function (table) { return table.caption.textContent.indexOf('Longest stalls') === 0; });
    if (!stalls || mark.querySelector('title')) { return; }
    // an engine's name stands once, over all of its rows
    var first = Array.from(stalls.tBodies[0].rows).find(function (row) { return row.cells[0].textContent.trim() === engine; });
    // a stall beyond the axis has a row and no mark
    if (!first || first.cells[0].rowSpan !== lane.children.length) { return; }
    var row = stalls.tBodies[0].rows[first.sectionRowIndex + lane.children.length - 1 - Array.from(lane.children).indexOf(mark)];
    var cells = Array.from(row.cells).map(function (cell) { return cell.textContent.trim(); });
    if (row !== first) { cells.unshift(engine); }
    var title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = cells[0] + ', ' + cells[1] + ', second ' + cells[2] + ': ' + cells[4] + ' took ' + cells[3] + '; ' + cells[5];
    mark.appendChild(title);
  }
  document.addEventListener('pointerover', function (event) {
    var mark = event.target.closest('.lane use');
    if (mark) { tell(mark); }
  });
  document.querySelectorAll('figure').forEach(function (figure) { if (figure.querySelector('.time')) { addZoom(figure); } });
  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) { return; }
    if (button.closest('th')) { sortBy(button); } else if (button.dataset.copies) { copy(button); } else if (button.dataset.series !== undefined) { toggle(button); }
  });
})();
