/**
 * Meta's WhatsApp Cloud API: sends, templates, limits, and signed callbacks with all their mess.
 */
@NullMarked
package dev.carillon.simulator.whatsapp;

import org.jspecify.annotations.NullMarked;
