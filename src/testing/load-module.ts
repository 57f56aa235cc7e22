/**
 * Loads a module when it is needed. What bundles for a browser looks for the modules that a literal `import()` names, and ends with an error where
 * there is none, though nothing there would ever load it; of a name that it cannot know it asks nothing.
 */
export function loadModule<Module>(name: string): Promise<Module> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}
