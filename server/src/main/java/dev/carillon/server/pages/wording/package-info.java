/** Definitions, rules and facts in plain words, for all pages. */
@NullMarked
package dev.carillon.server.pages.wording;

import org.jspecify.annotations.NullMarked;
