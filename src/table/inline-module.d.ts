// What an import of a file's bytes gives: a data URL, the same in every build.
declare module '*?url&inline' {
  const dataUrl: string;
  export default dataUrl;
}
