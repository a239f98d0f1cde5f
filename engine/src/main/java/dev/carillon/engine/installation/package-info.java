/** Whether metadata and facts belong together, and what to do when they do not. */
@NullMarked
package dev.carillon.engine.installation;

import org.jspecify.annotations.NullMarked;
