/** People: search, one person, those behind a number, imports. */
@NullMarked
package dev.carillon.server.pages.people;

import org.jspecify.annotations.NullMarked;
