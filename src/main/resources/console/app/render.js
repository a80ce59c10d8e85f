/**
 * Draws the page once per frame at most, however often it is asked to.
 * @module
 */

/** @type {() => void} */
let draw = () => {};
let requested = false;

/**
 * Sets the function that draws the whole page.
 * @param {() => void} drawPage
 */
export function drawWith(drawPage) {
  draw = drawPage;
}

/** Asks for the page to be drawn in the next frame. */
export function redraw() {
  if (!requested) {
    requested = true;
    requestAnimationFrame(() => {
      requested = false;
      draw();
    });
  }
}
