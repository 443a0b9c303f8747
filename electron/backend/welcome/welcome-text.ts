/** The Welcome notebook as a Markdown notebook; read by the same code as any imported file. */
export const welcomeMarkdown = String.raw`---
title: Welcome to Scholium
---

::: {.note-cell}
*Scholium (n.): a note written in the margin of a mathematical text, to explain, prove or amplify it.*

This is a notebook. It holds **notes**, like this one, and **problems**, which a model or the built-in solver answers. Everything in it stays in one file on this computer.
:::

::: {.note-cell}
## Notes

Click this paragraph, or press Enter while it is selected, and you are writing. Text is Markdown; mathematics is LaTeX, within a line as in $E_n = \hbar\omega\,(n + \tfrac12)$, or on lines of its own:

$$
\comm{\hat x}{\hat p} = i\hbar,
\qquad
\Delta x\,\Delta p \ge \frac{\hbar}{2}.
$$

Escape ends the writing. There is nothing to save: the foot of the window says when your last word reached the disk.
:::

::: {.note-cell}
## Problems

Select a problem and press Shift+Enter. Its answer appears below it, and beside the answer its receipt. These three need no key and no network: the built-in solver evaluates formulas and says how it checked each result.
:::

::: {.problem domain="calculus"}
Integrate $x^2 e^{-x}$
:::

::: {.problem domain="analysis" answer="1/2"}
$$\lim_{x \to 0} \frac{1 - \cos x}{x^2}$$
:::

::: {.problem domain="algebra"}
Solve $x^2 - x - 1 = 0$
:::

## What an answer took

A reasoning model thinks before it writes, and its thinking costs time and money. The receipt, or scholium, says how much: a bar for the time, hollow while waiting, hatched while thinking, solid while writing; then the tokens, and the cost. Click it for everything else, down to the exact request.

The answer below is a recording. It was made with a scripted server rather than a model, so that you can see a receipt before you have a key; its figures are what that server was told to take.

::: {.problem domain="quantum mechanics"}
A particle of mass $m$ moves in the half-oscillator

$$
V(x) = \begin{cases} \tfrac12 m\omega^2 x^2 & x > 0,\\ \infty & x \le 0. \end{cases}
$$

Find its energy levels and the normalised ground state.
:::

::: {.note-cell}
## Your own models

Open Settings at the foot of the sidebar and enter an OpenAI key, or the address of a server on this computer such as http://127.0.0.1:11434/v1 for Ollama. The chip below each question then offers their models, and for reasoning models the effort. Nothing is sent before you run a problem.
:::

::: {.note-cell}
## Keys worth knowing

| Key | What it does |
|:--|:--|
| Enter, Escape | begin and end writing |
| Shift+Enter | run a new or changed question; otherwise move on |
| R R | run again |
| A, B | new cell above, below |
| Y, M | make it a problem, a note |
| D D, Z | delete, and take it back |

Export, at the top, prints the notebook as a PDF with its answers and receipts.
:::
`;

/** Which problem of the notebook the recorded run answers, counted from 0. */
export const recordedProblem = 3;

export const recordedAnswer = String.raw`The wall at $x = 0$ forces $\psi(0) = 0$. For $x > 0$ the equation is that of the full oscillator, so the solutions are its eigenfunctions that vanish at the origin: the **odd** ones, $n = 2k + 1$. Their energies are

$$
E_k = \hbar\omega\left(2k + \tfrac32\right), \qquad k = 0, 1, 2, \dots
$$

The ground state is the oscillator’s first excited state, restricted to $x > 0$. Half of its norm lies there, so it grows by $\sqrt2$. With $a = m\omega/\hbar$,

$$
\psi_0(x) = 2\left(\frac{a}{\pi}\right)^{1/4}\sqrt{a}\;x\,e^{-a x^2/2}, \qquad x > 0.
$$

Its norm is indeed one, since $\int_0^\infty x^2 e^{-a x^2}\,\mathrm{d}x = \sqrt{\pi}\,/\,(4a^{3/2})$:

$$
\int_0^\infty |\psi_0|^2\,\mathrm{d}x = 4\,\frac{a^{3/2}}{\sqrt\pi}\cdot\frac{\sqrt\pi}{4a^{3/2}} = 1.
$$`;
