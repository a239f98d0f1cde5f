/** Takes the pictures of the documents from a running demo; run by hand. */
@NullMarked
package dev.carillon.server.screenshots;

import org.jspecify.annotations.NullMarked;
