// The line to the server: a stream of what was written, and one request at a time with what is ours.
import {batchOf, key, placeThere, receive, settled, unwritten} from './collab.js';

const GATHER = 40, ALONE = 400; // milliseconds of typing that go out together, with others here and without
const AGAIN = [500, 1000, 2000, 5000];
const HIDDEN = 10000; // a tab that nobody looks at gives its connection back: a browser has six to a host

export const pause = time => new Promise(done => { setTimeout(done, time); });

// crypto.randomUUID is there over https only.
export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

// The server does not know us any more (signed out, or the invitation was taken back).
export class Ended extends Error {}

export async function ask(address, body, csrf) {
  const answer = await fetch(address, body === undefined ? {redirect: 'manual'} : {
    method: 'POST', redirect: 'manual', body: body instanceof FormData ? body : JSON.stringify(body),
    headers: {'X-CSRFToken': csrf, ...body instanceof FormData ? {} : {'Content-Type': 'application/json'}},
  });
  if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status)) throw new Ended(String(answer.status));
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer;
}

export class Line {
  // view: an EditorView (or anything with state and dispatch); said: what the page does when something is known:
  // {state(name), lost(steps), refused(sentences), here(told), wrote(client, version), again()}
  constructor({view, address, client, csrf, keeping, said}) {
    Object.assign(this, {view, address, client, csrf, keeping, said, answered: null, next: newName(), others: false});
    this.listen();
    document.addEventListener('visibilitychange', () => {
      clearTimeout(this.leaving);
      if (document.hidden) this.leaving = setTimeout(() => this.close(), HIDDEN);
      else if (!this.stream) this.listen();
    });
    addEventListener('pagehide', () => this.keep());
    addEventListener('online', () => this.stream?.readyState !== EventSource.OPEN && this.listen());
  }

  get version() { return key.getState(this.view.state).version; }

  close() {
    this.stream?.close();
    this.stream = null;
  }

  stop(error) {
    this.over = true;
    this.close();
    this.keep();
    this.said.state(error.message === '0' || error.message === '401' ? 'signed-out' : 'ended');
  }

  listen() {
    if (this.over) return;
    this.close();
    // EventSource comes back by itself and says in Last-Event-ID what it has seen.
    const stream = this.stream = new EventSource(`${this.address}events/?client=${this.client}&from=${this.version}`);
    stream.addEventListener('open', () => this.tell());
    stream.addEventListener('steps', event => this.take(JSON.parse(event.data)));
    stream.addEventListener('here', event => this.said.here(JSON.parse(event.data)));
    stream.addEventListener('ended', () => this.look());
    stream.addEventListener('error', () => {
      if (stream !== this.stream) return;
      this.tell();
      if (stream.readyState === EventSource.CLOSED) this.look();
    });
  }

  // The stream was closed for a reason that it cannot tell: see whether we are still known, and begin it again.
  async look() {
    this.close();
    for (let tries = 0; !this.over && !this.stream; tries++) {
      await pause(AGAIN[Math.min(tries, AGAIN.length - 1)]);
      if (document.hidden) return;
      try {
        await this.catchUp();
        if (!this.stream) this.listen();
      } catch (error) {
        if (error instanceof Ended) this.stop(error);
      }
    }
  }

  // Where no stream comes through, what is new is asked for.
  async catchUp() {
    const answer = await ask(`${this.address}events/?once&client=${this.client}&from=${this.version}`);
    if (answer.ok) this.take((await answer.json()).changes);
    else this.said.again();
  }

  apply = (_state, transaction) => {
    this.view.dispatch(transaction);
    return this.view.state;
  };

  take(changes) {
    try {
      const {lost} = receive(this.view.state, changes, this.apply);
      for (const {client, start, steps} of changes) if (client) this.said.wrote(client, start + steps.length, steps.at(-1));
      this.report(lost);
      this.settle();
    } catch (error) { // a message was missed, or this text is not the server's: begin anew
      console.info(error.message);
      this.said.again();
    }
  }

  // To be called after each change of the view.
  changed() {
    const waiting = key.getState(this.view.state).mine.length > 0;
    this.tell();
    clearTimeout(this.storing);
    this.storing = setTimeout(() => this.keep(), waiting ? 250 : 0);
    if (waiting && !this.timer && !this.sending && !this.over) {
      this.timer = setTimeout(() => this.send(), this.others ? GATHER : ALONE);
    }
  }

  keep() {
    this.keeping.store(unwritten(this.view.state, this.next));
  }

  tell() {
    if (this.over) return;
    const {mine} = key.getState(this.view.state);
    const broken = this.failing || this.stream?.readyState === EventSource.CONNECTING;
    this.said.state(broken ? 'reconnecting' : mine.length ? 'saving' : 'saved');
  }

  async send() {
    this.timer = null;
    const batch = batchOf(this.view.state, this.next);
    if (!batch) return;
    this.sending = this.next;
    this.next = newName();
    this.view.dispatch(batch.transaction);
    const told = {...batch.told, client: this.client};
    for (let tries = 0; ; tries++) {
      try {
        const answer = await ask(`${this.address}steps/`, told, this.csrf);
        const {version, refused, why} = await answer.json();
        this.answered = answer.ok ? version : this.version; // all of it refused: settle() takes it back
        if (why) this.said.refused([why]);
        if (refused?.length) this.said.refused(refused.map(each => each[2]));
        break;
      } catch (error) { // the same batch again: the server knows it by its name
        if (error instanceof Ended) return this.stop(error);
        this.failing = true;
        this.tell();
        await pause(AGAIN[Math.min(tries, AGAIN.length - 1)]);
      }
    }
    this.failing = false;
    this.settle();
    if (this.sending) this.late = setTimeout(() => this.sending && this.catchUp().catch(() => {}), 2000);
  }

  // Both have arrived, the answer and what it speaks of.
  settle() {
    if (this.answered === null || this.answered === undefined || this.version < this.answered) return;
    clearTimeout(this.late);
    const found = settled(this.view.state, this.sending);
    if (found) {
      this.view.dispatch(found.transaction);
      this.report(found.lost);
    }
    this.sending = this.answered = null;
    this.changed();
  }

  report(lost) {
    if (lost.length) this.said.lost(lost.map(each => each.step.toJSON()));
  }

  // Where our caret is, once a second at most.
  caret() {
    if (this.showing || !this.others || this.over) return;
    this.showing = setTimeout(() => {
      this.showing = null;
      const {state} = this.view;
      const [anchor, head] = [state.selection.anchor, state.selection.head].map(place => placeThere(state, place));
      ask(`${this.address}here/`, {client: this.client, anchor, head, version: this.version}, this.csrf).catch(() => {});
    }, 1000);
  }
}
