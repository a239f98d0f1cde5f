/** The journal that makes entries durable before they are applied. */
@NullMarked
package dev.carillon.storage.embedded.journal;

import org.jspecify.annotations.NullMarked;
