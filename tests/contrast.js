// Every text that is seen against what is behind it: those with less contrast than WCAG 2 AA asks
// (4.5, or 3 for large letters), and how many were looked at.
() => {
  const parts = (color) => {
    const numbers = (color.match(/[\d.]+/g) ?? []).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const over = (top, below) =>
    top.rgb.map((value, index) => top.alpha * value + (1 - top.alpha) * below[index]);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      layers.unshift(parts(getComputedStyle(one).backgroundColor));
    }
    return layers.reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const faint = [];
  let lookedAt = 0;
  const look = (element, text, style, color) => {
    const back = behind(element);
    const [high, low] = [light(over(parts(color), back)), light(back)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    lookedAt += 1;
    if (ratio < (large ? 3 : 4.5)) {
      faint.push({ text: text.trim().slice(0, 60), ratio: ratio.toFixed(2), tag: element.tagName, kind: element.className });
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent;
    if (!text.trim() || element.closest("script, title, desc, .unseen, .skip")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const style = getComputedStyle(element);
    look(element, text, style, element.closest("svg") ? style.fill : style.color);
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const place of ["::before", "::after"]) {
      const style = getComputedStyle(element, place);
      if (/^"\s*\S/.test(style.content) && element.checkVisibility()) {
        look(element, style.content, style, style.color);
      }
    }
  }
  return [faint, lookedAt];
}
