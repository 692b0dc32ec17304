// How the nodes of a text look in the browser, and how HTML becomes them. What may stand where is the server's own
// specification (writing/schema.py): one truth for both sides.
import {pm} from '../../ui/editor/editor.js';

const number = (dom, name, least, most) => Math.min(most, Math.max(least, parseInt(dom.getAttribute(name), 10) || 1));
const cellAttrs = dom => ({colspan: number(dom, 'colspan', 1, 50), rowspan: number(dom, 'rowspan', 1, 50)});
const cell = tag => ({
  parseDOM: [{tag, getAttrs: cellAttrs}],
  toDOM: ({attrs}) => [tag, {...attrs.colspan > 1 && {colspan: attrs.colspan}, ...attrs.rowspan > 1 && {rowspan: attrs.rowspan}}, 0],
});
const data = (dom, name) => dom.getAttribute(`data-${name}`) || '';
const isFile = value => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
export const isAddress = (value, mail = true) =>
  value.length <= 2000 && /^https?:\/\/[^\s/]\S*$/i.test(value) || mail && value.length <= 2000 && /^mailto:\S+$/i.test(value);

const looks = picture => ({
  paragraph: {parseDOM: [{tag: 'p'}], toDOM: () => ['p', 0]},
  heading: {
    parseDOM: [1, 2, 3, 4, 5, 6].map(level => ({
      tag: `h${level}`, getAttrs: dom => ({level: Math.min(4, Math.max(2, level)), key: data(dom, 'section')}),
    })),
    toDOM: ({attrs}) => [`h${attrs.level}`, attrs.key ? {'data-section': attrs.key} : {}, 0],
  },
  bullet_list: {parseDOM: [{tag: 'ul'}], toDOM: () => ['ul', 0]},
  ordered_list: {
    parseDOM: [{tag: 'ol', getAttrs: dom => ({start: number(dom, 'start', 0, 9999)})}],
    toDOM: ({attrs}) => ['ol', attrs.start === 1 ? {} : {start: attrs.start}, 0],
  },
  list_item: {parseDOM: [{tag: 'li'}], toDOM: () => ['li', 0]},
  quote: {
    parseDOM: [{tag: 'blockquote', getAttrs: dom => ({voice: data(dom, 'voice'), group: data(dom, 'group')})}],
    toDOM: ({attrs}) => ['blockquote', {
      'data-voice': attrs.voice, 'data-group': attrs.group, 'data-said': [attrs.voice, attrs.group].filter(Boolean).join(', '),
    }, 0],
  },
  image: {
    parseDOM: [{
      tag: 'figure[data-file], img[data-file]',
      getAttrs: dom => isFile(data(dom, 'file')) && {file: data(dom, 'file'), alt: data(dom, 'alt'), caption: data(dom, 'caption')},
    }],
    toDOM: ({attrs}) => ['figure', {'data-file': attrs.file, 'data-alt': attrs.alt, 'data-caption': attrs.caption},
      ['img', {src: picture(attrs.file), alt: attrs.alt}], ['figcaption', attrs.caption]],
  },
  table: {parseDOM: [{tag: 'table'}], toDOM: () => ['table', ['tbody', 0]]},
  table_row: {parseDOM: [{tag: 'tr'}], toDOM: () => ['tr', 0]},
  table_cell: cell('td'),
  table_header: cell('th'),
  footnote: {
    parseDOM: [{tag: '[data-footnote]', getAttrs: dom => ({text: data(dom, 'footnote').slice(0, 4000), url: isAddress(data(dom, 'url'), false) ? data(dom, 'url') : ''})}],
    toDOM: ({attrs}) => ['sup', {class: 'note-sign', 'data-footnote': attrs.text, 'data-url': attrs.url, title: attrs.text || attrs.url, role: 'note', 'aria-label': attrs.text || attrs.url}, '✱'],
  },
  hard_break: {parseDOM: [{tag: 'br'}], toDOM: () => ['br']},
});

const styled = pattern => dom => pattern.test(dom.dataset.style) && null;
const MARKS = {
  link: {
    parseDOM: [{tag: 'a[href]', getAttrs: dom => isAddress(dom.getAttribute('href')) && {href: dom.getAttribute('href')}}],
    toDOM: ({attrs}) => ['a', {href: attrs.href, rel: 'noopener noreferrer'}, 0],
  },
  em: {parseDOM: [{tag: 'i'}, {tag: 'em'}, {tag: 'span[data-style]', getAttrs: styled(/font-style:\s*italic/)}], toDOM: () => ['em', 0]},
  strong: {
    // Google Docs wraps all that is copied in <b style="font-weight:normal">.
    parseDOM: [{tag: 'strong'}, {tag: 'b', getAttrs: dom => !/font-weight:\s*normal/.test(dom.dataset.style) && null},
      {tag: 'span[data-style]', getAttrs: styled(/font-weight:\s*(bold|[6-9]00)/)}],
    toDOM: () => ['strong', 0],
  },
};

const dressed = (rules, how) => Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, {...rule, ...how[name]}]));

// `picture(file)`: where a file is.
export const schemaOf = (spec, picture) => new pm.model.Schema({
  nodes: dressed(spec.nodes, looks(picture)), marks: dressed(spec.marks, MARKS),
});
