/** The statistics page of a campaign, and the glossary of its numbers. */
@NullMarked
package dev.carillon.server.pages.statistics;

import org.jspecify.annotations.NullMarked;
