// Whose work Cytoscape.js carries within its one file, and under what terms. All of it is under the MIT licence.
const permission = (copyright) => `${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.`;

/// `mark`: a word of Cytoscape's file by which the part is known to be in it.
export const notices = [
  { name: "heap.js 0.2.7", mark: "heappushpop", text: permission("The MIT License\n\nBy Xueqiao Xu <xueqiaoxu@gmail.com>; its licence states no year") },
  {
    name: "Lodash 4.17 (debounce, toPath and what they need)",
    mark: "lodash",
    text: permission("Copyright OpenJS Foundation and other contributors <https://openjsf.org/>\n\nBased on Underscore.js, copyright Jeremy Ashkenas,\nDocumentCloud and Investigative Reporters & Editors <http://underscorejs.org/>"),
  },
  { name: "Thenable 1.1.1 (embeddable Promises/A+)", mark: "Ralf S. Engelschall", text: permission("Copyright (c) 2013-2014 Ralf S. Engelschall (http://engelschall.com)") },
  { name: "Bezier curve function generator", mark: "Gaetan Renaudeau", text: permission("Copyright Gaetan Renaudeau") },
  { name: "Runge-Kutta spring physics function generator (adapted from Framer.js)", mark: "Koen Bok", text: permission("Copyright Koen Bok") },
  { name: "jQuery events (the event object is based on them)", mark: "jQuery events", text: permission("Copyright OpenJS Foundation and other contributors, https://openjsf.org/") },
];
