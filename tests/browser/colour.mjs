// What colours look like: contrast as WCAG 2.2 defines it, the difference of two colours as CIEDE2000 has it, and
// colours as people see them who lack a kind of cone.

/** `#rgb`, `#rrggbb` or `#rrggbbaa` as red, green, blue and opacity, each 0 to 1. */
export function parse(text) {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (!hex) throw new Error(`no colour: ${text}`);
  const whole = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const part = (at) => Number.parseInt(whole.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4), whole.length === 8 ? part(6) : 1];
}

/** `colour` as it shows on an opaque `ground`. */
export const over = ([r, g, b, a], ground) => [[r, g, b].map((part, at) => part * a + ground[at] * (1 - a)), 1].flat();

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const display = (part) => {
  const within = Math.min(1, Math.max(0, part));
  return within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055;
};

const luminance = (colour) => {
  const [r, g, b] = colour.slice(0, 3).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * Of linear RGB, each for people who see nothing with the cones of one kind: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency" (IEEE TVCG 2009), severity 1.
 */
export const visions = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** A colour as that vision has it. */
export function seen(colour, vision) {
  const rgb = colour.slice(0, 3).map(linear);
  return visions[vision].map((row) => display(row.reduce((sum, weight, at) => sum + weight * rgb[at], 0)));
}

/** CIE L*a*b* under D65. */
export function lab(colour) {
  const [r, g, b] = colour.slice(0, 3).map(linear);
  const f = (t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const degrees = (radians) => ((radians * 180) / Math.PI + 360) % 360;
const radians = (angle) => (angle * Math.PI) / 180;

/** How far apart two colours are: CIEDE2000. About 2 is just seen side by side; 100 is black and white. */
export function difference(one, other) {
  const [l1, a1, b1] = lab(one);
  const [l2, a2, b2] = lab(other);
  const mean7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(mean7 / (mean7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [degrees(Math.atan2(b1, p1)), degrees(Math.atan2(b2, p2))];
  const grey = c1 * c2 === 0;
  let turn = h2 - h1;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  const dh = grey ? 0 : 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2));
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  let h = h1 + h2;
  if (!grey) h = Math.abs(h1 - h2) <= 180 ? h / 2 : (h + (h < 360 ? 360 : -360)) / 2;
  const t =
    1 - 0.17 * Math.cos(radians(h - 30)) + 0.24 * Math.cos(radians(2 * h)) + 0.32 * Math.cos(radians(3 * h + 6)) - 0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sc = 1 + 0.045 * c;
  const sh = 1 + 0.015 * c * t;
  const turned = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  const [x, y, z] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh];
  return Math.sqrt(x * x + y * y + z * z + turned * y * z);
}
