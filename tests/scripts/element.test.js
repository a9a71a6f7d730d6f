import assert from "node:assert/strict";
import { test } from "node:test";

import { done, openPage } from "./page.js";

/** A page whose element `<x-widget>` is defined with `options` besides `open`. */
async function define(t, options) {
  const page = await openPage(t, { body: "<x-widget></x-widget><div></div>" });
  const { defineElement } = await page.script("element.js");
  const { loadCore } = await page.script("loader.js");
  const opened = [];
  const open = (core, element) => {
    const handle = { core, element, unmounts: 0, unmount: () => (handle.unmounts += 1) };
    opened.push(handle);
    return handle;
  };
  defineElement({ name: "x-widget", options: "base-url autofocus", open, load: () => loadCore(), ...options });
  return { page, opened, element: page.find("x-widget"), defineElement };
}

test("an element in the page starts once, with the program and the style sheet", async (t) => {
  const { page, opened, element } = await define(t);
  await element.start();
  await done();
  assert.equal(opened.length, 1);
  assert.equal(opened[0].element, element);
  assert.equal(opened[0].core.mount !== undefined, true);
  assert.equal(page.document.querySelectorAll("link").length, 1);
});

test("an element that is moved keeps its widget", async (t) => {
  const { page, opened, element } = await define(t);
  await done();
  page.find("div").append(element);
  await done();
  assert.equal(opened.length, 1);
  assert.equal(opened[0].unmounts, 0);
});

test("an element that is taken out and put in again at once keeps it too", async (t) => {
  const { page, opened, element } = await define(t);
  await done();
  element.remove();
  page.find("div").append(element);
  await done();
  assert.deepEqual(
    opened.map(({ unmounts }) => unmounts),
    [0],
  );
});

test("an element that is moved before the program is there starts once", async (t) => {
  const { page, opened, element } = await define(t);
  page.find("div").append(element);
  await done();
  assert.equal(opened.length, 1);
});

test("an element that is removed ends its widget, and starts another when it comes back", async (t) => {
  const { page, opened, element } = await define(t);
  await done();
  element.remove();
  await done();
  assert.equal(opened[0].unmounts, 1);
  page.document.body.append(element);
  await done();
  assert.deepEqual(
    opened.map(({ unmounts }) => unmounts),
    [1, 0],
  );
});

test("an element that is removed before the program is there does not start", async (t) => {
  const { opened, element } = await define(t);
  element.remove();
  await done();
  assert.equal(opened.length, 0);
});

test("two elements have a widget each", async (t) => {
  const { page, opened, element } = await define(t);
  const second = page.document.createElement("x-widget");
  page.document.body.append(second);
  await done();
  element.remove();
  await done();
  assert.deepEqual(
    opened.map((handle) => [handle.element, handle.unmounts]),
    [
      [element, 1],
      [second, 0],
    ],
  );
});

test("the start waits for what prepares it", async (t) => {
  let prepared;
  const { opened, element } = await define(t, {
    prepare: (element) => new Promise((resolve) => (prepared = { element, resolve })),
  });
  await done();
  assert.equal(opened.length, 0);
  assert.equal(prepared.element, element);
  prepared.resolve();
  await done();
  assert.equal(opened.length, 1);
});

test("a program that cannot be loaded is reported, and the element can be started again", async (t) => {
  const failed = [];
  const page = await openPage(t, { body: "<x-widget></x-widget>" });
  await page.serveCore(false);
  const { defineElement } = await page.script("element.js");
  const { loadCore: load } = await page.script("loader.js");
  let opened = 0;
  const open = () => ({ unmount() {}, number: (opened += 1) });
  defineElement({ name: "x-widget", options: "", load, open, failed: (...args) => failed.push(args.slice(0, 3)) });
  await done();
  const element = page.find("x-widget");
  const [error] = page.errors();
  assert.equal(error.code, "ERR_MODULE_NOT_FOUND");
  assert.deepEqual(failed, [[element, error, undefined]]);
  await page.serveCore(true);
  await element.start();
  assert.equal(opened, 1);
  assert.equal(failed.length, 1);
});

test("a widget that cannot be opened is reported, and nothing is ended later", async (t) => {
  const wrong = new Error("base-url is missing");
  const { page, element } = await define(t, {
    open: () => {
      throw wrong;
    },
  });
  await done();
  assert.deepEqual(page.errors(), [wrong]);
  element.remove();
  await done();
  assert.equal(page.errors().length, 1);
});

test("the program is what the given function loads", async (t) => {
  const program = {};
  const { page, opened } = await define(t, { load: async () => program });
  await done();
  assert.equal(opened[0].core, program);
  assert.equal(page.program.inits.length, 0);
});

test("a widget that is starting is not started again, and what fails is reported once", async (t) => {
  let loads = 0;
  const failed = [];
  const { page, element, opened } = await define(t, {
    load: async () => {
      loads += 1;
      await null;
      if (loads === 1) throw new Error("no connection");
    },
    failed: (element) => failed.push(element),
  });
  element.start();
  await done();
  assert.equal(loads, 1);
  assert.deepEqual(failed, [element]);
  assert.equal(page.errors().length, 1);
  element.start();
  element.start();
  await done();
  assert.equal(loads, 2);
  assert.equal(opened.length, 1);
});

test("a widget that runs is not prepared again", async (t) => {
  let prepared = 0;
  const { page, element } = await define(t, { prepare: async () => (prepared += 1) });
  await done();
  page.find("div").append(element);
  await done();
  assert.equal(prepared, 1);
});

test("an element that is put in again while it starts has one widget", async (t) => {
  const { page, opened, element } = await define(t);
  element.remove();
  await null;
  page.find("div").append(element);
  await done();
  assert.equal(opened.length, 1);
});

test("a second definition is ignored", async (t) => {
  const { page, opened, defineElement } = await define(t);
  defineElement({ name: "x-widget", options: "", open: () => assert.fail("the first one counts") });
  await done();
  assert.equal(opened.length, 1);
  assert.deepEqual(page.errors(), []);
});
