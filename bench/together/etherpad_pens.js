// People who write in one pad of Etherpad 1.8, all in this process: told on its standard input who, where and how long.
//
//     node bench/together/etherpad_pens.js FOLDER < what.json
//
// As in `pens.py`, each has a paragraph and puts a letter into it twice a second, sent after a moment of gathering. How old a
// letter is when another client hears of it is known by counting the letters of its author.
'use strict';

const crypto = require('node:crypto');
const path = require('node:path');
const io = require(path.join(process.argv[2], 'src/node_modules/socket.io-client'));

const LETTERS = 'abcdefgh ';
const OP = /(?:\|[0-9a-z]+)?([-+=])([0-9a-z]+)/g;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const now = () => performance.now();
const in36 = (number) => number.toString(36);
const typed = new Map(); // of each author, when the first, the second … letter was typed
const late = [];
const answers = [];
let refused = 0;

class Pen {
  constructor(told, number) {
    this.told = told;
    this.number = number;
    this.inserted = [];
    this.heard = new Map();
    this.waiting = null;
    const options = { transports: ['websocket'], forceNew: true, query: { padId: told.pad } };
    this.socket = io(`http://127.0.0.1:${told.port}`, options);
    this.ready = new Promise((done) => { this.isReady = done; });
    this.socket.on('connect', () => this.socket.emit('message', {
      component: 'pad', type: 'CLIENT_READY', padId: told.pad, token: `t.pen${number}`, protocolVersion: 2,
    }));
    this.socket.on('message', (message) => this.take(message));
  }

  take(message) {
    if (message.disconnect) refused += 1;
    if (message.type === 'CLIENT_VARS') this.begin(message.data);
    if (message.type !== 'COLLABROOM') return;
    const { data } = message;
    if (data.type === 'NEW_CHANGES') {
      this.hear(data);
    } else if (data.type === 'ACCEPT_COMMIT') {
      this.insert(data.newRev, this.place, this.letter);
      this.waiting();
    }
  }

  begin(data) {
    this.author = data.userId;
    this.text = data.collab_client_vars.initialAttributedText.text;
    this.rev = data.collab_client_vars.rev;
    this.length = this.text.length;
    const before = this.text.split('\n').slice(0, this.number);
    this.start = before.reduce((sum, line) => sum + line.length + 1, 0);
    this.place = this.start + 20;
    this.isReady();
  }

  hear({ newRev, changeset, author }) {
    const at = now();
    let place = 0;
    for (const [, kind, length] of changeset.split('$')[0].replace(/^Z:[0-9a-z]+[<>][0-9a-z]+/, '').matchAll(OP)) {
      if (kind === '+') break;
      place += parseInt(length, 36);
    }
    const count = this.heard.get(author) || 0;
    this.heard.set(author, count + 1);
    late.push((at - typed.get(author)[count]) / 1000);
    this.insert(newRev, place, changeset.split('$')[1]);
  }

  insert(rev, place, letter) {
    if (rev !== this.rev + 1) throw new Error('a revision is missing');
    this.rev = rev;
    this.length += 1;
    if (place < this.start) this.start += 1;
    if (place <= this.place) this.place += 1;
    this.inserted.push([place, letter]);
  }

  async write(until) {
    await pause(Math.random() * 1000);
    while (now() < until) {
      const begun = now();
      typed.get(this.author).push(begun);
      await pause(this.told.gathered);
      this.letter = LETTERS[Math.floor(Math.random() * LETTERS.length)];
      const lines = this.number ? `|${in36(this.number)}=${in36(this.start)}` : '';
      const changeset = `Z:${in36(this.length)}>1${lines}=${in36(this.place - this.start)}*0+1$${this.letter}`;
      const apool = { numToAttrib: { 0: ['author', this.author] }, nextNum: 1 };
      const sent = now();
      const accepted = new Promise((done) => { this.waiting = done; });
      this.socket.emit('message', {
        type: 'COLLABROOM', component: 'pad', data: { type: 'USER_CHANGES', baseRev: this.rev, changeset, apool },
      });
      await accepted;
      answers.push((now() - sent) / 1000);
      await pause(Math.max(0, begun + 500 - now()));
    }
  }

  hash() {
    let { text } = this;
    for (const [place, letter] of this.inserted) text = text.slice(0, place) + letter + text.slice(place);
    return crypto.createHash('sha256').update(text).digest('hex');
  }
}

async function main() {
  let said = '';
  for await (const part of process.stdin) said += part;
  const told = JSON.parse(said);
  const pens = [];
  for (let number = 0; number < told.people; number += 1) {
    const pen = new Pen(told, number);
    await pen.ready;
    typed.set(pen.author, []);
    pens.push(pen);
  }
  process.stderr.write('writing\n');
  const until = now() + told.seconds * 1000;
  await Promise.all(pens.map((pen) => pen.write(until)));
  process.stderr.write('written\n');
  await pause(told.after * 1000);
  const hashes = [...new Set(pens.map((pen) => pen.hash()))];
  const found = { late, answers, refused, hashes, version: pens[0].rev };
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
}

main();
