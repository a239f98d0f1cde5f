/**
 * References: the signed names by which providers know our messages, and the keys that sign them.
 */
@NullMarked
package dev.carillon.engine.reference;

import org.jspecify.annotations.NullMarked;
