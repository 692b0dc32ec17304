// What is pasted, kept within what a text may hold. Pictures from elsewhere are never fetched.
import {pm} from '../../ui/editor/editor.js';

// Under a policy without inline style a browser ignores style="…" even in what is pasted, and complains. So such attributes
// are renamed before they are parsed, and read as data. Word says in them which paragraphs are items of lists.
const tamed = html => html.replace(/<!\[[^\]]*\]>/g, '').replace(/<[a-z][^>]*>/gi, tag =>
  tag.replace(/\s(style|srcset|on[a-z]+)\s*=/gi, ' data-$1=').replace(/(<(?:img|video|audio|iframe|embed)\b[^>]*?)\ssrc\s*=/gi, '$1 data-src='));

const level = dom => Number(/mso-list:[^;]*level(\d)/.exec(dom.dataset?.style ?? '')?.[1] ?? 0);

// Word's lists: paragraphs in a row, each with its level and a sign of its own.
function lists(body) {
  for (const first of [...body.querySelectorAll('p')]) {
    if (!level(first) || !first.parentNode) continue;
    const open = [];
    const rows = [];
    for (let at = first; at && level(at); at = at.nextElementSibling) rows.push(at);
    const place = document.createComment('');
    first.before(place);
    for (const row of rows) {
      const sign = row.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
      const numbered = /^\s*\(?[0-9a-z]{1,3}[.)]/i.test(sign?.textContent ?? '');
      sign?.remove();
      const depth = Math.min(level(row), open.length + 1, 5);
      open.length = Math.min(open.length, depth);
      if (open.length < depth) {
        const list = row.ownerDocument.createElement(numbered ? 'ol' : 'ul');
        if (open.length) open.at(-1).lastElementChild.append(list);
        else place.before(list);
        open.push(list);
      }
      const item = row.ownerDocument.createElement('li');
      row.replaceWith();
      delete row.dataset.style;
      item.append(row);
      open.at(-1).append(item);
    }
    place.remove();
  }
}

// Footnotes of Word: a sign in the text and the note at the end.
function notes(body) {
  for (const sign of [...body.querySelectorAll('a[href^="#_ftn"]:not([href^="#_ftnref"])')]) {
    const note = body.querySelector(`[id="${CSS.escape(sign.getAttribute('href').slice(2))}"]`);
    if (!note) continue;
    note.querySelector('a[href^="#_ftnref"]')?.remove();
    const held = sign.ownerDocument.createElement('span');
    held.setAttribute('data-footnote', note.textContent.replace(/\s+/g, ' ').trim());
    sign.replaceWith(held);
    note.remove();
  }
}

export function pastedHTML(html) {
  const read = new DOMParser().parseFromString(tamed(html), 'text/html');
  read.querySelectorAll('script, style, meta, link, title, del, o\\:p').forEach(each => each.remove());
  lists(read.body);
  notes(read.body);
  return read.body.innerHTML;
}

// No control characters and no halves of a character, which the server refuses.
const clean = text => text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ').replace(/\p{Surrogate}/gu, '');

export function pastedSlice(slice, {schema}) {
  const cleaned = fragment => pm.model.Fragment.fromArray(fragment.content.map(node =>
    node.isText ? schema.text(clean(node.text) || ' ', node.marks)
      : node.attrs.key ? node.type.create({...node.attrs, key: ''}, cleaned(node.content), node.marks)
      : node.copy(cleaned(node.content))));
  return new pm.model.Slice(cleaned(slice.content), slice.openStart, slice.openEnd);
}
