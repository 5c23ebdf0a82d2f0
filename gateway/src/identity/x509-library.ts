// The library's dependency injection asks for it before anything else of it is loaded.
import 'reflect-metadata';

export * from '@peculiar/x509';
