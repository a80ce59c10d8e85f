/**
 * The language of questions and outcomes: what may be asked of stored events and what becomes of
 * each written one, whoever stores them.
 */
@NullMarked
package com.astrobookings.logs.store;

import org.jspecify.annotations.NullMarked;
