import assert from "node:assert/strict";
import { test } from "node:test";
import { ageText, apartText } from "../src/ages.ts";
import { placeBefore } from "../src/live/order.ts";
import { isBefore, parsePlace, showPlace } from "../src/live/position.ts";
import { geometryOf, pointsOf } from "../src/map/geometry.ts";
import { foldText, rank } from "../src/matching.ts";
import { judge } from "../src/outbox/answer.ts";
import { bodyDigest, fromHex, isSigned, leafHash, readNote, rootFrom, toHex } from "../src/proof.ts";

const say = (key: string, values: Record<string, string | number> = {}): string => [key, ...Object.values(values)].join(" ");

test("an age has the words of the server's rule", () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const minutes = (n: number): number => now - n * 60_000;
  assert.equal(ageText(minutes(0.5), now, say), "now");
  assert.equal(ageText(minutes(12), now, say), "minutes 12");
  assert.equal(ageText(minutes(95), now, say), "minutes 95");
  assert.equal(ageText(minutes(30 * 60), now, say), "hours 30");
  assert.equal(ageText(minutes(3 * 1440), now, say), "days 3");
  assert.equal(ageText(minutes(-25), now, say), "in minutes 25");
});

test("how far a clock is off has the words of the server's rule", () => {
  const minute = 60_000;
  assert.equal(apartText(-6.9 * minute, say), "minutes 7");
  assert.equal(apartText(125 * minute, say), "hours_minutes 2 5");
  assert.equal(apartText((24 * 60 + 59) * minute, say), "days_hours 1 0");
});

test("a row is placed among rows in order, equals after those before them", () => {
  assert.equal(placeBefore(["9", "7", "5"], "8", "desc"), 1);
  assert.equal(placeBefore(["9", "7", "5"], "1", "desc"), 3);
  assert.equal(placeBefore(["1", "3", "3"], "3", "asc"), 3);
  assert.equal(placeBefore([], "3", "asc"), 0);
});

test("a place in the stream is read, shown and compared; a newer epoch is later", () => {
  assert.equal(showPlace(parsePlace("2.17")), "2.17");
  assert.ok(isBefore(parsePlace("2.9"), parsePlace("2.17")));
  assert.ok(isBefore(parsePlace("1.99"), parsePlace("2.1")));
  assert.ok(!isBefore(parsePlace("2.17"), parsePlace("2.17")));
});

test("words match with and without diacritics, beginnings first", () => {
  assert.equal(foldText("Vụ việc, Đường"), "vu viec, duong");
  assert.deepEqual(rank(["Mở vụ việc", "Vụ việc", "Bản đồ"], "vu viec", (each) => each), ["Vụ việc", "Mở vụ việc"]);
  assert.deepEqual(rank(["Bản đồ"], "xyz", (each) => each), []);
});

test("an answer to a sent entry is judged", () => {
  const answer = (status: number, body = "{}", type = "basic") => judge({ status, type, body, isJson: true });
  assert.equal(answer(0, "", "opaqueredirect").kind, "taken");
  assert.equal(answer(201).kind, "taken");
  assert.equal(answer(401).kind, "signed-out");
  assert.equal(answer(403, '{"code":"stale"}').kind, "stale");
  assert.deepEqual(answer(409, '{"reason":"sent before with another text"}'), { kind: "refused", reason: "sent before with another text" });
  for (const status of [408, 429, 500, 502, 503]) assert.equal(answer(status).kind, "wait");
});

test("set points become a geometry and come back", () => {
  const points: [number, number][] = [[105, 21], [106, 21], [106, 20]];
  assert.equal(geometryOf("line", points.slice(0, 1)), null);
  assert.equal(geometryOf("polygon", points.slice(0, 2)), null);
  for (const kind of ["line", "polygon"] as const) {
    assert.deepEqual(pointsOf(JSON.stringify(geometryOf(kind, points))), { kind, points });
  }
  assert.equal(pointsOf("{"), null);
});

test("a leaf's path leads to the known root of RFC 6962 trees", async () => {
  const [zero, one] = [await leafHash(""), await leafHash("\0")];
  const root = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
  assert.equal(toHex(zero), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  assert.equal(toHex((await rootFrom(zero, 0, 2, [one])) ?? zero), root);
  assert.equal(toHex((await rootFrom(one, 1, 2, [zero])) ?? zero), root);
  // The third of three has no neighbour on the lowest level.
  const three = await rootFrom(await leafHash("\x10"), 2, 3, [fromHex(root)]);
  assert.equal(toHex(three ?? zero), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  for (const [index, size, path] of [[0, 2, []], [0, 2, [one, one]], [2, 2, [one]]] as const)
    assert.equal(await rootFrom(zero, index, size, [...path]), null);
});

test("a note is read and its signature checked, where there is Ed25519", async () => {
  const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
  const note = { ...readNote(`PeterNeumann\n7\nAAAA\n\n${line}\n`), text };
  assert.deepEqual([note.origin, note.size], ["PeterNeumann", 7]);
  assert.notEqual(await isSigned(note, key), false);
  assert.notEqual(await isSigned({ ...note, text: `${text}x` }, key), true);
  assert.equal(await isSigned(note, key.replace("PeterNeumann", "Peter")), false);
});

test("the digest of a body covers its salt", async () => {
  assert.equal(await bodyDigest("", "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.notEqual(await bodyDigest("00", "abc"), await bodyDigest("", "abc"));
});
