// What was typed and is not known to be written, kept on this device over a reload. Signing out empties the storage
// (Clear-Site-Data); another person on this device has another name here.

export class Keeping {
  constructor(member, element, client) {
    this.prefix = `text:${member}:${element}:`;
    this.name = this.prefix + client;
  }

  // `told`: {version, batches} or null.
  store(told) {
    try {
      if (told) localStorage.setItem(this.name, JSON.stringify(told));
      else localStorage.removeItem(this.name);
      return true;
    } catch { // no room, or no storage at all: the page says so when it is left
      return false;
    }
  }

  // What this and earlier pages left. Sending it twice does no harm: the server knows a batch by its name.
  left() {
    try {
      return Object.keys(localStorage).filter(name => name.startsWith(this.prefix))
        .map(name => ({name, told: JSON.parse(localStorage.getItem(name))}));
    } catch {
      return [];
    }
  }

  forget(name) {
    localStorage.removeItem(name);
  }
}
