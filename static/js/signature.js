// data-signature on a frame with a canvas: draw with a finger, a pen or a mouse. The lines go into the field that
// data-field names; the typed name is enough where no script runs, so that the frame starts hidden.

for (const frame of document.querySelectorAll("[data-signature]")) {
  const canvas = frame.querySelector("canvas");
  const field = document.querySelector(`[name="${frame.dataset.field}"]`);
  const pen = canvas.getContext("2d");
  let lines = [];
  let line = null;

  const read = () => {
    try {
      return JSON.parse(field.value || "[]");
    } catch {
      return [];
    }
  };
  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineJoin = pen.lineCap = "round";
    for (const [first, ...rest] of lines) {
      pen.beginPath();
      pen.moveTo(...first);
      for (const point of rest) pen.lineTo(...point);
      pen.stroke();
    }
  };
  const keep = () => {
    field.value = lines.length ? JSON.stringify(lines) : "";
    draw();
  };
  const point = (event) => [
    Math.round((event.offsetX * canvas.width) / canvas.clientWidth),
    Math.round((event.offsetY * canvas.height) / canvas.clientHeight),
  ];

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = [point(event)];
    lines.push(line);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    line.push(point(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { line = null; keep(); });
  frame.querySelector("[data-clear]").addEventListener("click", () => { lines = []; keep(); });
  lines = read();
  frame.hidden = false;
  draw();
}
