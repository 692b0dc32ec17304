// Recording a question in the browser. What is recorded becomes the file of the form and is sent with it, like any other.
// Phones differ in what they record; what most of them can play comes first.
const KINDS = [
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/webm;codecs=opus", "weba"],
];
const found = window.MediaRecorder && KINDS.find(([kind]) => MediaRecorder.isTypeSupported(kind));

const prepare = (box) => {
  const [start, stop] = ["[data-start]", "[data-stop]"].map((name) => box.querySelector(name));
  const says = box.querySelector("[role=status]");
  const hear = box.querySelector("[data-hear]");
  const field = document.getElementById(box.dataset.recorder);
  const [kind, ending] = found;
  let recorder;
  let limit;

  const keep = (pieces) => {
    const file = new File(pieces, `recording.${ending}`, { type: kind.split(";")[0] });
    const holds = new DataTransfer();
    holds.items.add(file);
    field.files = holds.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    URL.revokeObjectURL(hear.src);
    hear.src = URL.createObjectURL(file);
    hear.hidden = false;
    says.textContent = says.dataset.done;
  };

  const show = (recording) => {
    start.hidden = recording;
    stop.hidden = !recording;
    (recording ? stop : start).focus();
  };

  start.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      says.textContent = says.dataset.denied;
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 64000 });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(limit);
      for (const track of stream.getTracks()) track.stop();
      show(false);
      keep(pieces);
    });
    recorder.start();
    limit = setTimeout(() => recorder.stop(), Number(box.dataset.most) * 1000);
    says.textContent = says.dataset.says;
    show(true);
  });
  stop.addEventListener("click", () => recorder?.state === "recording" && recorder.stop());
  start.hidden = false;
};

if (found && navigator.mediaDevices?.getUserMedia) {
  for (const box of document.querySelectorAll("[data-recorder]")) prepare(box);
}
