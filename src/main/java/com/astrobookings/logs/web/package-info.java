/**
 * The language of answers: the one place that turns failures into RFC 9457 problems, so that every
 * endpoint refuses in the same words.
 */
@NullMarked
package com.astrobookings.logs.web;

import org.jspecify.annotations.NullMarked;
