/** The first page. */
@NullMarked
package dev.carillon.server.pages.overview;

import org.jspecify.annotations.NullMarked;
