// What other parts of the room add to the editor: `extend(page => …)` is called as soon as the text can be written.
//
// `page`: {view, schema, version(), placeHere(version, place, side), placeThere(place), decorate(name, spans), on(what, tell)}.
// `decorate` marks spans ({from, to, class, attrs} or {at, dom}) in the text as it is shown; they move with it.
// `on('changed', tell)` and `on('selected', tell)` say when the text or the selection is another.
const waiting = [];
let page = null;

export function extend(part) {
  if (page) part(page);
  else waiting.push(part);
}

export function ready(made) {
  page = made;
  waiting.splice(0).forEach(part => part(page));
}
