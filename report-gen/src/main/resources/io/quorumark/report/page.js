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
  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) { return; }
    if (button.closest('th')) { sortBy(button); } else if (button.dataset.copies) { copy(button); } else if (button.dataset.series !== undefined) { toggle(button); }
  });
})();
