/** What providers called back: kept as it came, and matched to messages and addresses. */
@NullMarked
package dev.carillon.storage.embedded.callbacks;

import org.jspecify.annotations.NullMarked;
