// Places for the parties of a network: those with much to do with each other near. No chance in it: the same data, the same picture.

const STEPS = 400;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Pushes all pairs apart and pulls the tied ones together; `heat` is how far a step may go. */
function step(nodes, ties, ideal, heat) {
  for (const node of nodes) node.push = [0, 0];
  for (let i = 0; i < nodes.length; ++i) {
    for (let j = i + 1; j < nodes.length; ++j) {
      const [dx, dy] = [nodes[i].x - nodes[j].x, nodes[i].y - nodes[j].y];
      // Names are wide: parties keep more of a distance from side to side.
      const force = (ideal * ideal) / Math.max(dx * dx * 0.35 + dy * dy, 1);
      nodes[i].push[0] += dx * force;
      nodes[i].push[1] += dy * force;
      nodes[j].push[0] -= dx * force;
      nodes[j].push[1] -= dy * force;
    }
  }
  for (const { a, b, weight } of ties) {
    const [dx, dy] = [a.x - b.x, a.y - b.y];
    const force = 0.45 * (Math.hypot(dx, dy) / ideal) * weight;
    a.push[0] -= dx * force;
    a.push[1] -= dy * force;
    b.push[0] += dx * force;
    b.push[1] += dy * force;
  }
  for (const node of nodes) {
    // A weak pull to the middle keeps groups without ties to the rest on the page.
    const [px, py] = [node.push[0] - node.x * 0.25, node.push[1] - node.y * 0.35];
    const far = Math.hypot(px, py) || 1;
    node.x += (px / far) * Math.min(far, heat);
    node.y += (py / far) * Math.min(far, heat);
  }
}

const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/**
 * Where names stand: right, left, below or above their circles, the first of these that covers nothing; none where all are taken.
 * `spots`: [{id, x, y, r, words}], the most important first. Answers a map from id to {x, y, anchor}.
 */
export function placeNames(spots, width, letter = 7.5, tall = 15) {
  const taken = spots.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  const names = new Map();
  for (const { id, x, y, r, words } of spots) {
    const w = words.length * letter;
    const sides = [[x + r + 4, y + 4, "start", 0], [x - r - 4, y + 4, "end", 1], [x, y + r + 13, "middle", 0.5], [x, y - r - 5, "middle", 0.5]];
    for (const [at, base, anchor, share] of sides) {
      const box = { x: at - share * w, y: base - 11, w, h: tall };
      if (box.x < 0 || box.x + w > width || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      names.set(id, { x: at, y: base, anchor });
      break;
    }
  }
  return names;
}

/**
 * `ids` by weight, most first; `pairs`: [{from, to, weight 0..1}]. Answers a map from id to {x, y} within `width` × `height`, `margin` left free.
 */
export function layout(ids, pairs, width, height, margin) {
  const nodes = ids.map((id, i) => ({ id, x: 40 * Math.sqrt(i) * Math.cos(i * GOLDEN), y: 40 * Math.sqrt(i) * Math.sin(i * GOLDEN) }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ties = pairs.map(({ from, to, weight }) => ({ a: byId.get(from), b: byId.get(to), weight: 0.15 + 0.85 * weight }));
  const ideal = 0.75 * Math.sqrt((width * height) / Math.max(nodes.length, 1));
  for (let i = 0; i < STEPS; ++i) step(nodes, ties, ideal, (40 * (STEPS - i)) / STEPS);
  const range = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = range(nodes.map((node) => node.x));
  const [top, bottom] = range(nodes.map((node) => node.y));
  const fit = (value, low, high, size, edge) => edge + ((value - low) / (high - low || 1)) * (size - 2 * edge);
  return new Map(nodes.map(({ id, x, y }) => [
    id, { x: nodes.length > 1 ? fit(x, left, right, width, margin.x) : width / 2, y: nodes.length > 1 ? fit(y, top, bottom, height, margin.y) : height / 2 },
  ]));
}
