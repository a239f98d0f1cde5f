/** Error codes of providers as data: what each means and what is done about it. */
@NullMarked
package dev.carillon.channels.support.errors;

import org.jspecify.annotations.NullMarked;
