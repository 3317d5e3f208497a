// What one can do with the map. The data stand in the page; `draw` and `geometry` are put in front of this.
// Names are anybody's: they are set as text, or as attributes by a parser of XML that stops where they are not.

const map = JSON.parse(byId('data').textContent);
const svg = byId('map');
const open = map.spaces.map(space => space.isOpen);
const STATES = { added: 'Opened by the change.', removed: 'Closed by the change.', changed: 'Other ports than before.' };
const MOST_LISTED = 200;
const ROWS = 100;

/** What is drawn now. */
let picture;
/** The part of it that is seen; `fits` as long as nobody has moved it. */
let view;
let fits = true;
/** What is chosen: `{ edge }`, `{ link }`, `{ node }` or `{ space }`. */
let choice = {};
let query = '';
let shownRows = ROWS;

const canUnfold = map.nodes.length > 0;
const endName = end => canUnfold ? map.nodes[end].id : map.spaces[end].name;
const rows = map.links.map((link, i) => ({ i, text: `${endName(link.from)} ${endName(link.to)} ${map.words[link.ports]}`.toLowerCase() }));

drawAll();
listConnections();
showChoice();

// ---- the picture

function drawAll() {
  picture = draw(map, open, geometry, true);
  const parsed = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${picture.content}</svg>`, 'image/svg+xml');
  if (parsed.querySelector('parsererror')) throw new Error('the picture cannot be read');
  svg.replaceChildren(...[...parsed.documentElement.childNodes].map(node => document.importNode(node, true)));
  if (fits) fitAll(); else look(view);
  mark();
}

function fitAll() {
  fits = true;
  look({ x: 0, y: 0, width: picture.width, height: picture.height });
}

function look(next) {
  view = next;
  svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
}

/** Makes all larger around a point of the picture. */
function zoom(factor, x = view.x + view.width / 2, y = view.y + view.height / 2) {
  const most = Math.max(picture.width, picture.height) * 4;
  const width = Math.min(most, Math.max(60, view.width / factor));
  const by = width / view.width;
  fits = false;
  look({ x: x - (x - view.x) * by, y: y - (y - view.y) * by, width, height: view.height * by });
}

function move(x, y) {
  fits = false;
  look({ ...view, x: view.x + x, y: view.y + y });
}

/** Where in the picture something happened. */
function pointOf(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

/** Folds or unfolds; what was under the hand stays there. */
function toggle(space, isOpen = !open[space]) {
  if (!map.spaces[space].nodes.length || open[space] === isOpen) return;
  const before = geometry.placed(map, open).spaces[space];
  const hadFocus = document.activeElement?.getAttribute('data-space') === String(space);
  open[space] = isOpen;
  const after = geometry.placed(map, open).spaces[space];
  if (!fits) view = { ...view, x: view.x + after.x - before.x, y: view.y + after.y - before.y };
  drawAll();
  if (hadFocus) svg.querySelector(`[data-space="${space}"]`).focus();
}

function toggleAll(isOpen) {
  map.spaces.forEach((space, i) => open[i] = isOpen && space.nodes.length > 0);
  fits = true;
  drawAll();
}

/** Moves the picture so that something stands in its middle, large enough to be read, or as large as there is room. */
function goTo(box) {
  const scale = svg.getScreenCTM().a;
  const wanted = Math.min(0.9, svg.clientWidth / (box.width + 80), svg.clientHeight / (box.height + 80));
  if (scale < wanted * 0.8) zoom(wanted / scale);
  fits = false;
  look({ ...view, x: box.x + box.width / 2 - view.width / 2, y: box.y + box.height / 2 - view.height / 2 });
}

// ---- what is chosen, and what is found

function choose(next) {
  choice = next;
  mark();
  showChoice();
}

/** The line of the picture that a link is part of now. */
function edgeOf(link) {
  const { from, to } = map.links[link];
  return `${geometry.seenAs(map, open, from)} ${geometry.seenAs(map, open, to)}`;
}

function mark() {
  const edge = choice.link === undefined ? choice.edge : edgeOf(choice.link);
  const thing = choice.node !== undefined ? `n${choice.node}` : choice.space !== undefined ? `s${choice.space}` : undefined;
  const own = thing === undefined ? [] : thing.startsWith('s') && open[choice.space] ? map.spaces[choice.space].nodes.map(node => `n${node}`) : [thing];
  svg.classList.toggle('choosing', edge !== undefined || own.length > 0);
  for (const element of svg.querySelectorAll('[data-edge]')) {
    const ends = element.getAttribute('data-edge');
    const isChosen = ends === edge;
    element.classList.toggle('chosen', isChosen);
    element.classList.toggle('near', isChosen || ends.split(' ').some(end => own.includes(end)));
  }
  const found = new Set(query ? foundNodes() : []);
  svg.classList.toggle('searching', query !== '');
  for (const element of svg.querySelectorAll('[data-node]')) {
    const node = Number(element.getAttribute('data-node'));
    element.classList.toggle('chosen', choice.node === node);
    element.classList.toggle('found', found.has(node));
  }
  for (const element of svg.querySelectorAll('[data-space]')) {
    const space = Number(element.getAttribute('data-space'));
    element.classList.toggle('chosen', choice.space === space);
    element.classList.toggle('found', query !== '' && !open[space]
      && (map.spaces[space].nodes.some(node => found.has(node)) || map.spaces[space].name.toLowerCase().includes(query)));
  }
  for (const row of document.querySelectorAll('tr[data-link]')) row.classList.toggle('chosen', Number(row.dataset.link) === choice.link);
}

function foundNodes() {
  return map.nodes.flatMap(({ id, members = [] }, i) => [id, ...members].some(name => name.toLowerCase().includes(query)) ? [i] : []);
}

function search() {
  query = byId('search').value.trim().toLowerCase();
  shownRows = ROWS;
  listConnections();
  mark();
  const count = canUnfold ? foundNodes().length : map.spaces.filter(({ name }) => name.toLowerCase().includes(query)).length;
  byId('found').textContent = query ? `${count} found, ${foundRows().length} connections` : '';
}

/** To the next that is found. */
function goToFound() {
  if (!query) return;
  const found = canUnfold ? foundNodes() : [];
  const space = map.spaces.findIndex(({ name }) => name.toLowerCase().includes(query));
  if (found.length) chooseNode(found[(found.indexOf(choice.node) + 1) % found.length]);
  else if (space >= 0) chooseSpace(space);
}

function chooseNode(node) {
  toggle(map.nodes[node].space, true);
  choose({ node });
  goTo(geometry.placed(map, open).nodes[node]);
}

function chooseSpace(space) {
  choose({ space });
  goTo(geometry.placed(map, open).spaces[space]);
}

// ---- what is said of it

function showChoice() {
  const content = choice.node !== undefined ? aboutNode(choice.node)
    : choice.space !== undefined ? aboutSpace(choice.space)
      : choice.link !== undefined ? aboutLinks([choice.link])
        : choice.edge !== undefined ? aboutLinks(linksOfEdge(choice.edge))
          : aboutAll();
  byId('details').replaceChildren(...content);
  byId('details').scrollTop = 0;
}

function aboutAll() {
  const hint = 'Choose a line to see which policies and rules allow it, a workload to see whom it reaches, or a namespace to fold or unfold it.';
  return [make('h2', {}, 'Details'), make('p', {}, hint), ...map.notes.map(note => make('p', { className: 'place' }, note))];
}

function linksOfEdge(name) {
  return geometry.edgesOf(map, open).find(edge => `${edge.from} ${edge.to}` === name)?.links ?? [];
}

function aboutLinks(links) {
  if (links.length === 1) return [make('h2', {}, ...arrowed(map.links[links[0]])), ...aboutLink(map.links[links[0]])];
  const spaceOf = end => map.spaces[canUnfold ? map.nodes[end].space : end].name;
  const both = side => [...new Set(links.map(i => endName(map.links[i][side])))];
  const name = side => both(side).length === 1 ? both(side)[0] : spaceOf(map.links[links[0]][side]);
  return [
    make('h2', {}, name('from'), ' \u2192 ', name('to')),
    make('p', {}, `${geometry.countOf(links.map(i => map.links[i]))} connections`),
    ...links.slice(0, MOST_LISTED).map(i => folded(map.links[i])),
    ...rest(links.length),
  ];
}

/** A link that says why once it is unfolded. */
function folded(link) {
  const element = make('details', {}, make('summary', {}, ...arrowed(link), make('br'), ports(link)));
  element.addEventListener('toggle', () => {
    if (element.open && element.childElementCount === 1) element.append(...aboutLink(link));
  });
  return element;
}

function arrowed({ from, to }) {
  return [endName(from), ' \u2192 ', endName(to)];
}

function ports(link) {
  return make('span', { className: `ports ${link.state ?? link.side ?? ''}` }, map.words[link.ports]);
}

function aboutLink(link) {
  const counted = link.count ? [make('p', {}, `Stands for ${link.count} connections.`)] : [];
  const state = link.state ? [make('p', { className: link.state }, STATES[link.state])] : [];
  const [before, after] = [reasons(link, link.whyBefore), reasons(link, link.why)];
  return [
    ...state,
    ...link.before === undefined ? [] : [make('p', {}, 'Before: ', map.words[link.before])],
    make('p', {}, link.before === undefined ? '' : 'Now: ', ports(link)),
    ...counted,
    ...canUnfold ? [] : [make('p', {}, 'Why is said where workloads are drawn: ask about fewer, by --from and --to namespace/.')],
    ...after,
    ...before.length ? [make('h2', {}, 'Before the change'), ...before] : [],
  ];
}

function reasons(link, why) {
  if (!why) return [];
  return [[`Out of ${endName(link.from)}`, why[0]], [`Into ${endName(link.to)}`, why[1]]].flatMap(([title, side]) => [
    make('h3', {}, title), ...aboutSide(map.reasons.sides[side]),
  ]);
}

function aboutSide({ text, policies = [], rules = [] }) {
  const rulesOf = policy => rules.filter(([rule]) => map.reasons.rules[rule].policy === policy);
  // Those that let it through stand first.
  const sorted = [...policies].sort((a, b) => (rulesOf(a).length ? 0 : 1) - (rulesOf(b).length ? 0 : 1));
  const items = sorted.map(policy => {
    const { name, place } = map.reasons.policies[policy];
    const its = rulesOf(policy);
    return make('li', {}, `NetworkPolicy ${name} `, at(place), its.length ? '' : ': none of its rules is about this',
      ...its.length ? [make('ul', {}, ...its.map(([rule, word]) => make('li', {}, map.reasons.rules[rule].field, ' ', at(map.reasons.rules[rule].place), ` lets through ${map.words[word]}`)))] : []);
  });
  return [...text === undefined ? [] : [make('p', {}, text)], ...items.length ? [make('ul', {}, ...items)] : []];
}

function at(place) {
  return make('span', { className: 'place' }, place ? `(${place})` : '');
}

function aboutNode(node) {
  const { id, kind, members, state, space } = map.nodes[node];
  return [
    make('h2', {}, id), make('p', {}, kind),
    ...state ? [make('p', { className: state }, state === 'added' ? 'Not there before the change.' : 'Not there any more.')] : [],
    ...neighbours(node, map.spaces[space].kind),
    ...members ? [make('h3', {}, 'Stands for'), make('ul', {}, ...members.map(member => make('li', {}, member)))] : [],
  ];
}

/** Whom an end of links reaches, and who reaches it. */
function neighbours(end, kind) {
  const list = (title, side, other) => {
    const its = map.links.flatMap((link, i) => link[side] === end ? [i] : []);
    return its.length ? [
      make('h3', {}, `${title} (${its.length})`),
      make('ul', {}, ...its.slice(0, MOST_LISTED).map(i => make('li', {}, button(endName(map.links[i][other]), () => choose({ link: i })), ' ', ports(map.links[i])))),
      ...rest(its.length),
    ] : [make('h3', {}, title), make('p', {}, 'nobody')];
  };
  return [...kind === 'target' ? [] : list('Reaches', 'from', 'to'), ...kind === 'source' ? [] : list('Is reached by', 'to', 'from')];
}

function aboutSpace(space) {
  const { name, count, nodes, kind } = map.spaces[space];
  return [
    make('h2', {}, name),
    make('p', {}, `${count} ${kind === 'namespace' ? 'workload' : 'peer'}${count === 1 ? '' : 's'}`),
    ...nodes.length ? [make('p', {}, plainly(button(open[space] ? 'Fold' : 'Unfold', () => {
      toggle(space);
      showChoice();
    })))] : [],
    ...nodes.length ? [make('ul', {}, ...nodes.slice(0, MOST_LISTED).map(node => make('li', {}, button(map.nodes[node].label, () => chooseNode(node)))))] : [],
    ...rest(nodes.length),
    ...canUnfold ? [] : neighbours(space, kind),
  ];
}

function rest(count) {
  return count > MOST_LISTED ? [make('p', {}, `and ${count - MOST_LISTED} more: the table has them`)] : [];
}

// ---- the table

function foundRows() {
  return query ? rows.filter(({ text }) => text.includes(query)) : rows;
}

function listConnections() {
  const found = foundRows();
  document.querySelector('thead').replaceChildren(make('tr', {}, ...['From', 'To', ...map.isDiff ? ['Change', 'Before', 'Now'] : ['Ports'], ''].map(name => make('th', { scope: 'col' }, name))));
  document.querySelector('tbody').replaceChildren(...found.slice(0, shownRows).map(({ i }) => {
    const link = map.links[i];
    const why = button('Why', () => {
      choose({ link: i });
      byId('details').focus();
    });
    why.setAttribute('aria-label', `Why ${endName(link.from)} to ${endName(link.to)}`);
    const before = make('span', { className: 'ports' }, map.words[link.before ?? link.ports]);
    const change = map.isDiff ? [make('span', { className: link.state ?? '' }, link.state ?? 'none'), before] : [];
    const row = make('tr', {}, ...[endName(link.from), endName(link.to), ...change, ports(link), why].map(cell => make('td', {}, cell)));
    row.dataset.link = i;
    return row;
  }));
  byId('more').hidden = found.length <= shownRows;
  byId('more').textContent = `Show more (${found.length - shownRows} left)`;
  mark();
}

// ---- elements

function byId(id) {
  return document.getElementById(id);
}

/** An element; strings in it are text. */
function make(name, properties = {}, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

function button(text, act) {
  const element = make('button', { type: 'button', className: 'plain' }, text);
  element.addEventListener('click', act);
  return element;
}

function plainly(element) {
  element.className = '';
  return element;
}

// ---- hands

byId('fold').addEventListener('click', () => toggleAll(false));
byId('unfold').addEventListener('click', () => toggleAll(true));
byId('larger').addEventListener('click', () => zoom(1.3));
byId('smaller').addEventListener('click', () => zoom(1 / 1.3));
byId('fit').addEventListener('click', fitAll);
byId('fold').hidden = byId('unfold').hidden = !canUnfold;
byId('search').addEventListener('input', search);
byId('search').addEventListener('keydown', event => {
  if (event.key === 'Enter') goToFound();
});
byId('more').addEventListener('click', () => {
  shownRows += 5 * ROWS;
  listConnections();
});

const system = matchMedia('(prefers-color-scheme: dark)');
let isDark = system.matches;
byId('theme').setAttribute('aria-pressed', isDark);
byId('theme').addEventListener('click', () => {
  isDark = !isDark;
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  byId('theme').setAttribute('aria-pressed', isDark);
});

svg.addEventListener('wheel', event => {
  event.preventDefault();
  const { x, y } = pointOf(event);
  zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), x, y);
}, { passive: false });

/** Where fingers and the mouse are, in the window. */
const hands = new Map();
let moved = 0;

svg.addEventListener('pointerdown', event => {
  if (!hands.size) moved = 0;
  hands.set(event.pointerId, { x: event.clientX, y: event.clientY });
});

svg.addEventListener('pointermove', event => {
  const last = hands.get(event.pointerId);
  if (!last) return;
  const [x, y] = [event.clientX - last.x, event.clientY - last.y];
  moved += Math.abs(x) + Math.abs(y);
  if (moved > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
  const other = [...hands].find(([id]) => id !== event.pointerId)?.[1];
  const scale = svg.getScreenCTM().a;
  if (other) {
    const distance = point => Math.hypot(point.x - other.x, point.y - other.y) || 1;
    const middle = pointOf({ clientX: (event.clientX + other.x) / 2, clientY: (event.clientY + other.y) / 2 });
    zoom(distance({ x: event.clientX, y: event.clientY }) / distance(last), middle.x, middle.y);
  } else {
    move(-x / scale, -y / scale);
  }
  svg.classList.add('moving');
  hands.set(event.pointerId, { x: event.clientX, y: event.clientY });
});

for (const name of ['pointerup', 'pointercancel', 'pointerleave']) {
  svg.addEventListener(name, event => {
    hands.delete(event.pointerId);
    svg.classList.remove('moving');
  });
}

svg.addEventListener('click', event => {
  if (moved > 4) return;
  act(event.target);
});

/** What a click does: a line and a workload tell about themselves, a namespace unfolds or folds. */
function act(target) {
  const at = name => target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
  const [edge, node, space] = [at('edge'), at('node'), at('space')];
  if (edge) return choose({ edge });
  if (node) return choose({ node: Number(node) });
  if (!space) return choose({});
  toggle(Number(space));
  if (open[Number(space)] && svg.getScreenCTM().a < 0.6) chooseSpace(Number(space)); else choose({ space: Number(space) });
}

svg.addEventListener('keydown', event => {
  const step = view.width / 10;
  const keys = {
    'ArrowLeft': () => move(-step, 0), 'ArrowRight': () => move(step, 0), 'ArrowUp': () => move(0, -step), 'ArrowDown': () => move(0, step),
    '+': () => zoom(1.3), '=': () => zoom(1.3), '-': () => zoom(1 / 1.3), '0': fitAll, 'Escape': () => choose({}),
    ...event.target !== svg && { 'Enter': () => act(event.target), ' ': () => act(event.target) },
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
