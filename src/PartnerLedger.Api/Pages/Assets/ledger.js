// Pages work without this. With it they say that they are busy, and long work shows how far it has come.
const busy = isBusy => {
  document.body.classList.toggle('busy', isBusy);
  document.getElementById('busy').textContent = isBusy ? 'Loading' : '';
};

addEventListener('submit', event => {
  if (!event.defaultPrevented) busy(true);
});

addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (link && !link.target && !link.hasAttribute('download') && !link.getAttribute('href').startsWith('#')
      && !event.ctrlKey && !event.metaKey && !event.shiftKey) busy(true);
  if (event.target.closest('[data-print]')) print();
});

// A page that comes back from the browser's memory is not busy any more.
addEventListener('pageshow', () => busy(false));

// Work that is started here and tells how far it has come: data-follow names the stream, data-value, data-max and data-outcome members of what it tells.
for (const work of document.querySelectorAll('[data-follow]')) {
  const [start, bar, told] = ['[data-start]', 'progress', '[data-told]'].map(part => work.querySelector(part));
  const tell = (when, step) => {
    told.textContent = work.querySelector(`template[data-${when}]`).content.textContent
      .replace(/{(\w+)}/g, (_, member) => typeof step[member] === 'number' ? step[member].toLocaleString() : step[member] ?? '');
  };
  start.hidden = false;
  start.addEventListener('click', () => {
    start.disabled = true;
    bar.hidden = false;
    bar.value = 0;
    const stream = new EventSource(work.dataset.follow);
    const end = () => {
      stream.close();
      start.disabled = false;
    };
    stream.onmessage = message => {
      const step = JSON.parse(message.data);
      const outcome = step[work.dataset.outcome];
      [bar.max, bar.value] = [Math.max(step[work.dataset.max], 1), step[work.dataset.value]];
      tell(outcome == null ? 'while' : `when-${outcome}`, step);
      if (outcome != null) end();
    };
    // The browser would begin all over again.
    stream.onerror = () => {
      end();
      tell('when-broken', {});
    };
  });
}

// What runs for a while tells how far it has come by itself; once it is over, the page is shown anew.
function follow(part) {
  const source = new EventSource(part.dataset.progress);
  source.addEventListener('progress', event => {
    const now = JSON.parse(event.data);
    if (now.state !== 'running') {
      source.close();
      location.reload();
    }
    for (const shown of part.querySelectorAll('[data-member]')) {
      const value = now[shown.dataset.member];
      if (shown.tagName === 'PROGRESS') shown.value = value;
      else shown.textContent = value.toLocaleString(navigator.language);
    }
  });
  addEventListener('pagehide', () => source.close());
}

document.querySelectorAll('[data-progress]').forEach(follow);
