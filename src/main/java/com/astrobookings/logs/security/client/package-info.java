/** Who is at the other end: the addresses of clients, as far as they can be believed. */
@NullMarked
package com.astrobookings.logs.security.client;

import org.jspecify.annotations.NullMarked;
