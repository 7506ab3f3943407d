import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { IndicatorDefinition } from '../definition.js'

/** A comment of the source: its text, and what its tags say. */
export interface SourceComment {
  readonly text: string
  readonly throws: string
  readonly example: string
}

/** What the source file of an indicator says about it. */
export interface SourceComments {
  readonly className: string
  readonly stream: SourceComment
  /** Signature of the batch function, from its name to its result. */
  readonly signature: string
  readonly batch: SourceComment
  /** Meaning of each option. */
  readonly options: Readonly<Record<string, string>>
}

/** Reads the comments of an indicator's class, batch function and options. */
export function sourceComments({ id, category }: IndicatorDefinition): SourceComments {
  const path = fileURLToPath(new URL(`../${category}/${id}.ts`, import.meta.url))
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
  const exported = file.statements.filter((node) => ts.canHaveModifiers(node) && ts.getModifiers(node)?.length)
  const found = exported.find(ts.isClassDeclaration)
  const batch = exported.filter(ts.isFunctionDeclaration).find((node) => node.name?.text === id)
  if (!found?.name || !batch) throw new Error(`${path} exports no class, or no function "${id}".`)
  const options = exported.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text.endsWith('Options'))
  const members = options?.members.map((member) => [member.name!.getText(file), commentOf(member).text]) ?? []
  const parameters = batch.parameters.map(
    (parameter) => parameter.name.getText(file) + (parameter.questionToken ? '?' : ''),
  )
  return {
    className: found.name.text,
    stream: commentOf(found),
    signature: `${id}(${parameters.join(', ')})`,
    batch: commentOf(batch),
    options: Object.fromEntries(members),
  }
}

function commentOf(node: ts.Node): SourceComment {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  if (!comment) throw new Error(`Without a comment: ${node.getText().slice(0, 80)}`)
  const tag = (name: string): string => {
    const found = comment.tags?.find(({ tagName }) => tagName.text === name)
    return ts.getTextOfJSDocComment(found?.comment) ?? ''
  }
  return { text: ts.getTextOfJSDocComment(comment.comment) ?? '', throws: tag('throws'), example: tag('example') }
}
