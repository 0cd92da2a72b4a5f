// One stop for the Tab key in a figure, arrow keys within it.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The next of `spots` in the direction of an arrow: by order, or by place on the screen where they lie in two dimensions. */
function nextSpot(spots, now, key, flat) {
  const at = spots.indexOf(now);
  if (key === "Home") return spots[0];
  if (key === "End") return spots[spots.length - 1];
  if (!flat) return spots[at + STEPS[key]];
  const middle = (spot) => {
    const box = spot.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(now);
  const along = key === "ArrowLeft" || key === "ArrowRight" ? 0 : 1;
  const sign = STEPS[key];
  let best;
  let least = Infinity;
  for (const spot of spots) {
    const off = middle(spot).map((value, i) => value - [x, y][i]);
    if (spot === now || off[along] * sign < 1) continue;
    const far = Math.abs(off[along]) + 3 * Math.abs(off[1 - along]);
    if (far < least) [best, least] = [spot, far];
  }
  return best || spots[at + sign];
}

/** For `onKeyDown` of what holds elements with `data-spot`; all but the first bear tabindex -1. `flat`: they lie on a plane. */
export function roving(flat = false) {
  return (event) => {
    if (!(event.key in STEPS) && event.key !== "Home" && event.key !== "End") return;
    const spots = [...event.currentTarget.querySelectorAll("[data-spot]")];
    const now = document.activeElement.closest?.("[data-spot]");
    if (!spots.includes(now)) return;
    event.preventDefault();
    const next = nextSpot(spots, now, event.key, flat);
    if (!next) return;
    now.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
}
