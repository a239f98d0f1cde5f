/**
 * What all pages share: their frame, assets, errors, streams, and how numbers and times are
 * written.
 */
@NullMarked
package dev.carillon.server.pages.frame;

import org.jspecify.annotations.NullMarked;
