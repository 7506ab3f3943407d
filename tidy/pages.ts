import { posix } from 'node:path'
import type { Source, TextFile } from './source.js'

/** Markdown without its fenced blocks, so that a comment in a shell example is no heading. */
function prose(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
}

/** The Markdown pages of the repository; the notes of changesets have no heading. */
export function pagesOf(files: readonly TextFile[]): readonly TextFile[] {
  return files.filter(({ path }) => path.endsWith('.md') && !path.startsWith('.changeset/'))
}

/** Pages that do not have exactly one first-level heading. */
export function wrongHeadings(page: TextFile): string[] {
  const count = (prose(page.text).match(/^# .+/gm) ?? []).length
  return count === 1 ? [] : [`${page.path} has ${count} first-level headings; a page has one.`]
}

/** The fragments that the headings of a page can be linked by. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const slugs = [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
  return new Set(
    slugs.map((slug, index) =>
      slugs.indexOf(slug) === index ? slug : `${slug}-${slugs.slice(0, index).filter((s) => s === slug).length}`,
    ),
  )
}

/** Relative links of a page that lead nowhere. */
export function brokenLinks(page: TextFile, files: readonly TextFile[]): string[] {
  const links = [
    ...prose(page.text)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g),
  ].map(([, link]) => link!)
  return links.flatMap((link) => {
    if (/^[a-z]+:/i.test(link)) return []
    const target = link.startsWith('#') ? page.path + link : posix.join(posix.dirname(page.path), link)
    return resolves(target, files) ? [] : [`${page.path} links to "${link}", which is not there.`]
  })
}

/** Pages named by `docsPath` in an error that do not exist. */
export function brokenDocsPaths(source: Source, files: readonly TextFile[]): string[] {
  if (!source.shipped) return []
  return [...source.text.matchAll(/docsPath:\s*'([^']+)'/g)].flatMap(([, path]) =>
    resolves(path!, files) ? [] : [`${source.path} sends readers to "${path}", which is not there.`],
  )
}

function resolves(target: string, files: readonly TextFile[]): boolean {
  const [path, fragment] = target.split('#') as [string, string?]
  const folder = path.replace(/\/?$/, '/')
  const page = files.find((file) => file.path === path)
  // Generated API pages are built in CI and not committed.
  if (path.startsWith('docs/api')) return true
  if (!page) return path === '.' || files.some((file) => file.path.startsWith(folder))
  return fragment === undefined || !path.endsWith('.md') || anchorsOf(page.text).has(fragment)
}
