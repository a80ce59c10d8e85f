/**
 * Authentication and authorization of requests, and the protection of a service without
 * credentials. What is not explicitly allowed is refused.
 */
@NullMarked
package com.astrobookings.logs.security;

import org.jspecify.annotations.NullMarked;
