// Talk in the editor: the passages that people talk about are marked in the text, and what one says is about the selection.
import {extend} from '../text/extending.js';

const aside = document.querySelector('[data-talk]');
const AGAIN = 60_000;

async function marked(page, address) {
  const answer = await fetch(address, {headers: {Accept: 'application/json'}});
  if (!answer.ok) return;
  const {version, threads} = await answer.json();
  const spans = threads.filter(each => each.about === 'passage' && !each.gone).map(each => ({
    from: page.placeHere(version, each.from, 1),
    to: page.placeHere(version, each.to, -1),
    class: each.instead === null ? 'said-about' : 'said-about suggested',
  }));
  // A version that this editor has not heard of yet has no places here: the next time it has.
  page.decorate('talk', spans.filter(({from, to}) => from !== null && to !== null && from < to));
}

function follow(page) {
  const {from, to, empty} = page.view.state.selection;
  const told = empty ? '' : `?at=${page.placeThere(from)}&to=${page.placeThere(to)}&version=${page.version()}`;
  for (const link of aside.querySelectorAll('a[data-about]')) link.href = link.dataset.about + told;
}

if (aside) {
  extend(page => {
    const show = () => document.hidden || marked(page, aside.dataset.talk).catch(() => {});
    show();
    setInterval(show, AGAIN);
    document.addEventListener('visibilitychange', show);
    page.on('selected', () => follow(page));
  });
}
