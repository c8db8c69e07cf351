// Pages work without this. With it they say that they are busy, and long work shows how far it has come.
const busy = () => document.body.classList.add('busy');

addEventListener('submit', event => {
  if (!event.defaultPrevented) busy();
});

addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (link && !link.target && !link.hasAttribute('download') && !link.getAttribute('href').startsWith('#')
      && !event.ctrlKey && !event.metaKey && !event.shiftKey) busy();
  if (event.target.closest('[data-print]')) print();
});

// A page that comes back from the browser's memory is not busy any more.
addEventListener('pageshow', () => document.body.classList.remove('busy'));
