/** The wizard in which campaigns are written, step by step. */
@NullMarked
package dev.carillon.server.pages.wizard;

import org.jspecify.annotations.NullMarked;
