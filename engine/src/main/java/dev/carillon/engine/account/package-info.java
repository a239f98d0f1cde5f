/** The account's settings as they are now, and their changes. */
@NullMarked
package dev.carillon.engine.account;

import org.jspecify.annotations.NullMarked;
