/** Reading for pages and the API: messages, people, timelines, control groups. */
@NullMarked
package dev.carillon.storage.embedded.query;

import org.jspecify.annotations.NullMarked;
