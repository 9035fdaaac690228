package custom

import (
	_ "embed"
	"fmt"
)

//go:embed examples.yaml
var examples string

// Examples is an architecture with rules worth having; comments say what they
// find in it.
func Examples() string { return examples }

// Manual says in Markdown what custom rules are and what bounds them.
func Manual() string {
	return fmt.Sprintf(manual, maxRules, maxExpression, maxNodes, maxPattern, maxText, maxItems, maxMemory, maxSteps, maxTotal)
}

const manual = `# Custom rules

A file can bring lint rules of its own:

` + "```yaml" + `
lint:
  custom:
    - id: acme-far-timeout
      severity: warning             # note, warning, error or off
      for: dependency               # what it looks at, one after the other
      when: timeout > 30            # true where something is wrong
      message: '"{from.id}" waits {timeout} s for "{to.id}"'
      hint: wait at most 30 s
` + "```" + `

What such a rule finds is a finding like any other: it stands at the place of
its subject, its severity can be overridden under ` + "`lint.rules`" + `, it is silenced by a
comment or by ` + "`lint.ignore`" + `, and every output format carries it. Its id must be none
of the built-in rules'.

Expressions are those of [Expr](https://expr-lang.org/docs/language-definition):
` + "`==`, `<`, `and`, `or`, `not`, `in`, `contains`, `matches`, `? :`, `[1:3]`" + ` and the functions
below. Names and types are checked when the file is read, in ` + "`message`" + ` and ` + "`hint`" + ` too,
where expressions stand in braces (` + "`{{`" + ` is a brace that is text); an error points at
the character. Inside of a loop, ` + "`.name`" + ` is a name of the item, ` + "`#`" + ` the item itself, and
a bare name still one of the rule's subject.

A number that is undefined is neither less nor greater than any other: a
comparison with it is false, and ` + "`defined(…)`" + ` tells.

An expression is bounded, and the bounds are counts, so that a file gives the
same findings everywhere. There are no variables, no reduce, no dates; + adds
numbers only; ` + "`==`" + ` compares texts, numbers and truth values only. There are at most %d
rules, each expression has at most %d characters and %d parts, a pattern %d
instructions. Expressions see the first %d characters of a text and the first
%d items of a list of texts. One evaluation may make lists of %d items, one rule
take %d steps, and all of them %d. What passes a bound or fails otherwise while
it runs is an error at the expression's place.
`
