/** The values at a place in an answer: `User.Path`, or `Users.*.UserName` for each of a list. */
export function valuesAt(answer: unknown, at: string): readonly unknown[] {
  let found: readonly unknown[] = [answer]
  for (const part of at.split('.')) {
    found = found.flatMap((value) =>
      part === '*' ? ((value as unknown[] | undefined) ?? []) : [(value as Readonly<Record<string, unknown>> | undefined)?.[part]],
    )
  }
  return found.filter((value) => value !== undefined)
}
