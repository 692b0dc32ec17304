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

// Footnotes of Word and Google Docs: a sign in the text and the note at the end, which leads back.
function notes(body) {
  for (const sign of body.querySelectorAll('a[href^="#_ftn"]:not([href*="ref"]), a[href^="#ftnt"]:not([href*="ref"])')) {
    const name = sign.getAttribute('href').replace(/^#_?/, '');
    const note = body.querySelector(`[id="${CSS.escape(name)}"]`)?.closest('p, li, div');
    if (!note || note.contains(sign)) continue;
    note.querySelector('a[href*="ref"]')?.remove();
    const held = sign.ownerDocument.createElement('span');
    held.setAttribute('data-footnote', note.textContent.replace(/\s+/g, ' ').trim());
    held.setAttribute('data-url', note.querySelector('a[href^="http"]')?.href ?? '');
    sign.replaceWith(held);
    note.remove();
  }
}

// Google Docs: breaks between blocks, links that lead through Google, a title above the headings.
function mended(body) {
  const around = body.querySelector('b[id^="docs-internal-guid"]');
  around?.replaceWith(...around.childNodes);
  const isBlank = each => each.nodeName === 'BR' || !each.textContent.trim() && each.nodeType === Node.TEXT_NODE;
  for (const parent of new Set([...body.querySelectorAll('br')].map(each => each.parentNode))) {
    const [blanks, others] = [true, false].map(wanted => [...parent.childNodes].filter(each => isBlank(each) === wanted));
    if (others.length && others.every(each => each.matches?.('p, h1, h2, h3, h4, h5, h6, ul, ol, table, div, blockquote'))) {
      blanks.forEach(each => each.remove());
    }
  }
  for (const link of body.querySelectorAll('a[href^="https://www.google.com/url?"]')) {
    link.href = new URL(link.href).searchParams.get('q') ?? link.href;
  }
  const most = body.querySelector('h1') ? 5 : 0;
  for (let level = most; level > 0; level--) for (const each of body.querySelectorAll(`h${level}`)) {
    const lower = each.ownerDocument.createElement(`h${level + 1}`);
    lower.append(...each.childNodes);
    each.replaceWith(lower);
  }
}

export function pastedHTML(html) {
  const read = new DOMParser().parseFromString(tamed(html), 'text/html');
  read.querySelectorAll('script, style, meta, link, title, del, o\\:p').forEach(each => each.remove());
  lists(read.body);
  notes(read.body);
  mended(read.body);
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
