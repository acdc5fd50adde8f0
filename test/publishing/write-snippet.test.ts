import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { writeSnippetsPage } from '../../src/publishing/snippets-page.ts';
import { writeLinkSnippet, writePlayerSnippet } from '../../src/publishing/write-snippet.ts';
import { NASTY_NAME, publication } from './published-folder.ts';

const PLAIN = { policy: null, reportUrl: null };
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  allowBooleanAttributes: true,
  htmlEntities: true,
  parseAttributeValue: false,
  trimValues: false,
});

describe('a link', () => {
  test('is an ordinary one with the address of the .torrent', async () => {
    expect(writeLinkSnippet(await publication(), PLAIN)).toBe(
      `<a href="https://cdn.example/media/ep42.mp4"
   download
   type="video/mp4"
   data-rivulet-torrent="https://cdn.example/media/ep42.mp4.torrent">ep42.mp4 (300 kB)</a>`,
    );
  });

  test('says what the publisher wants of visitors who have the extension', async () => {
    const options = { policy: 'spare-origin; within=900', reportUrl: 'https://edge.example/?a=1&b="2"' };
    const { a } = parser.parse(writeLinkSnippet(await publication(), options));
    expect(a).toMatchObject({
      '@data-rivulet-policy': 'spare-origin; within=900',
      '@data-rivulet-report': 'https://edge.example/?a=1&b="2"',
    });
  });

  test('shows the nastiest name as it is', async () => {
    const made = await publication([NASTY_NAME]);
    const { a } = parser.parse(writeLinkSnippet(made, PLAIN));
    expect(a['#text']).toBe(`${NASTY_NAME} (300 kB)`);
    expect(a['@href']).toBe(made.url);
  });
});

describe('a player', () => {
  test.each([
    ['a.mp4', 'video'],
    ['a.MKV', 'video'],
    ['a.opus', 'audio'],
    ['a.mp3', 'audio'],
  ])('of %s is a %s element with the link below, and both name the .torrent', async (name, element) => {
    const made = await publication([name]);
    const { figure } = parser.parse(writePlayerSnippet(made, { policy: 'balanced', reportUrl: null }) ?? '');
    const said = { '@data-rivulet-torrent': made.torrentUrl, '@data-rivulet-policy': 'balanced' };
    expect(figure[element]).toMatchObject({ ...said, '@src': made.url, '@preload': 'none', '@aria-label': name });
    expect(figure.figcaption.a).toMatchObject(said);
  });

  test.each(['a.iso', 'a', 'mp4', 'a.constructor'])('of %s is none', async (name) => {
    expect(writePlayerSnippet(await publication([name]), PLAIN)).toBeNull();
  });
});

describe('the page of snippets', () => {
  test('holds each snippet so that it can be copied, and nothing of a name becomes markup', async () => {
    const made = await publication(['<script>alert(1)</script>', NASTY_NAME]);
    const page = writeSnippetsPage([made, await publication()], PLAIN);
    expect(page).not.toMatch(/<script/i);
    const { html } = parser.parse(page.replace('<!doctype html>', '').replace(/<meta [^>]*>/g, ''));
    const [first] = html.body.article;
    expect(first.pre.map((text: string) => text.trim())).toEqual([
      writeLinkSnippet(made, PLAIN),
      writePlayerSnippet(made, PLAIN),
      expect.stringMatching(/^magnet:\?xt=/),
    ]);
    expect(html.body.article).toHaveLength(2);
  });
});
